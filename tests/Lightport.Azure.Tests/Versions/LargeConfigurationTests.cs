using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

[Collection(AzuriteGroup.Name)]
public sealed class LargeConfigurationTests(AzuriteFixture azurite)
{
    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Apply_TenThousandModels_ReadsBackInFewCalls()
    {
        ConfigurationContent content = Contents.Models(10_000);

        ConfigurationVersion version = await _storage.ApplyAsync(content);
        int written = _storage.Wire.Requests;
        ConfigurationContent? read = await _storage.Versions.ReadAsync(version.Version, CancellationToken.None);

        Assertions.Same(content, read);
        Assert.InRange(written, 100, 120);
        Assert.InRange(_storage.Wire.Requests - written, 11, 13);
    }
}
