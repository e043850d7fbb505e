using Azure;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

[Collection(AzuriteGroup.Name)]
public sealed class VersionPrunerTests(AzuriteFixture azurite)
{
    private const int Kept = 100;

    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Move_MoreThanAreKept_RemovesTheOldestWholly()
    {
        List<ConfigurationVersion> written = await WriteAsync(Kept + 1);
        await AbandonAsync("20261121T080000000-ffffffff");
        _storage.Clock.Advance(TimeSpan.FromHours(2));

        await MoveAsync(written[^1]);

        IReadOnlyList<ConfigurationVersion> left = await _storage.Versions.ListAsync(CancellationToken.None);
        Assert.Equal(written.Skip(1).Reverse(), left);
        Assert.Equal(left.Select(version => "v" + version.Version).Reverse(), await PartitionsAsync());
    }

    [Fact]
    public async Task Move_ToTheOldestOfMany_KeepsIt()
    {
        List<ConfigurationVersion> written = await WriteAsync(Kept + 2);
        _storage.Clock.Advance(TimeSpan.FromHours(2));

        await MoveAsync(written[0]);

        Assertions.Same(
            Contents.Small, await _storage.Versions.ReadAsync(written[0].Version, CancellationToken.None));
        Assert.Null(await _storage.Versions.ReadAsync(written[1].Version, CancellationToken.None));
        Assert.NotNull(await _storage.Versions.ReadAsync(written[2].Version, CancellationToken.None));
    }

    [Fact]
    public async Task Move_ManyWithinAnHour_RemovesNone()
    {
        List<ConfigurationVersion> written = await WriteAsync(Kept + 5);

        await MoveAsync(written[^1]);

        Assert.Equal(Kept + 5, (await _storage.Versions.ListAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Move_AnotherRemovesTheSameAtOnce_IsNoFailure()
    {
        List<ConfigurationVersion> written = await WriteAsync(Kept + 1);
        _storage.Clock.Advance(TimeSpan.FromHours(2));
        TableClient table = _storage.Table(TableConfigurationVersions.Table);
        int batches = 0;
        _storage.Wire.Before = async request =>
        {
            if (request.RequestUri!.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal) && ++batches == 1)
            {
                await table.DeleteEntityAsync("versions", written[0].Version);
            }

            return null;
        };

        await MoveAsync(written[^1]);

        Assert.Empty(_storage.VersionsLog.Lines);
        Assert.Equal(2, batches);
        Assert.Equal(Kept, (await _storage.Versions.ListAsync(CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Move_StorageFailsWhileOldOnesAreRemoved_StandsAndSaysSo()
    {
        List<ConfigurationVersion> written = await WriteAsync(Kept + 1);
        _storage.Clock.Advance(TimeSpan.FromHours(2));
        _storage.Wire.After = request =>
        {
            if (request.Method == HttpMethod.Post && request.RequestUri!.AbsolutePath.EndsWith(
                    "LightportRouting", StringComparison.Ordinal))
            {
                _storage.Wire.Fail(403, "AuthorizationFailure");
            }
        };

        await MoveAsync(written[^1]);

        Assert.Contains("403", Assert.Single(_storage.VersionsLog.Lines), StringComparison.Ordinal);
        Assert.Equal(
            written[^1].Version,
            (await _storage.OtherVersions().FindPointerAsync(CancellationToken.None))?.Version);
    }

    private async Task<List<ConfigurationVersion>> WriteAsync(int count)
    {
        var written = new List<ConfigurationVersion>();
        for (int i = 0; i < count; i++)
        {
            _storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
            written.Add(await _storage.Versions.WriteAsync(Contents.Small, null, Contents.Note, CancellationToken.None));
        }

        return written;
    }

    /// <summary>Rows of a writer that was killed before its version was one.</summary>
    private Task<Response> AbandonAsync(string version) => _storage.Table(TableConfigurationVersions.Table)
        .AddEntityAsync(new TableEntity("v" + version, "model|a") { ["Json"] = "1" });

    private Task MoveAsync(ConfigurationVersion version) => _storage.Versions
        .MoveAsync(version.Version, null, Contents.Note, CancellationToken.None).AsTask();

    private async Task<IEnumerable<string>> PartitionsAsync()
    {
        var partitions = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (TableEntity row in _storage.Table(TableConfigurationVersions.Table)
            .QueryAsync<TableEntity>(row => row.PartitionKey.CompareTo("v2") >= 0, select: ["PartitionKey"]))
        {
            partitions.Add(row.PartitionKey);
        }

        return partitions.Where(partition => partition.StartsWith("v2", StringComparison.Ordinal));
    }
}
