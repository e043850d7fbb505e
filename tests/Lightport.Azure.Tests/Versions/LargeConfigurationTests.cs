using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

[Collection(AzuriteGroup.Name)]
public sealed class LargeConfigurationTests(AzuriteFixture azurite)
{
    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Apply_TenThousandModels_IsReadInTwoCallsOfFewRows()
    {
        ConfigurationContent content = Contents.Models(10_000);

        ConfigurationVersion version = await _storage.ApplyAsync(content);
        int written = _storage.Wire.Requests;
        ConfigurationContent? read = await _storage.Versions.ReadAsync(version.Version, CancellationToken.None);

        Assertions.Same(content, read);
        Assert.InRange(await CountRowsAsync(version), 1, 2);
        Assert.InRange(written, 5, 12);
        Assert.Equal(2, _storage.Wire.Requests - written);
    }

    /// <summary>A partition gives out 2,000 rows a second, and a thousand instances read at once.</summary>
    private async Task<int> CountRowsAsync(ConfigurationVersion version)
    {
        int rows = 0;
        await foreach (TableEntity _ in _storage.Table(TableConfigurationVersions.Table)
            .QueryAsync<TableEntity>(row => row.PartitionKey == "v" + version.Version))
        {
            rows++;
        }

        return rows;
    }
}
