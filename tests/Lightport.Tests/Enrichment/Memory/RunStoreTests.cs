using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Management;
using Lightport.Storage.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Enrichment.Memory;

/// <summary>What may be run once is not pushed out by what is kept for conversations.</summary>
public sealed class RunStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    [Fact]
    public async Task ApprovedCalls_LieInAFolderOfTheirOwn()
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                [AdminKeeper.KeySetting] = "an admin key of the test's own",
                ["LIGHTPORT_DATA"] = _folder.FullName,
            })
            .Build();
        await using ServiceProvider services =
            new ServiceCollection().AddLogging().AddLightport(settings).BuildServiceProvider();
        var asked = new McpApprovalRequestPart("mcpr_1", "docs", "search", "{}") { AskedAt = DateTimeOffset.UnixEpoch };

        await services.GetRequiredService<ApprovedRunMemory>()
            .TakeAsync(new Caller("team", "k1"), asked, TimeSpan.FromMinutes(1), mayRepeat: false, None);

        Assert.Single(Files("runs"));
        Assert.Empty(Files("sessions"));
        Assert.NotNull(services.GetService<FileSessionStore>());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Files(string name) =>
        Path.Combine(_folder.FullName, name) is var path && Directory.Exists(path)
            ? Directory.GetFiles(path, "*.json", SearchOption.AllDirectories)
            : [];
}
