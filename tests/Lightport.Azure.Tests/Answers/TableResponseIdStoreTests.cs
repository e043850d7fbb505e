using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Answers;

[Collection(AzuriteGroup.Name)]
public sealed class TableResponseIdStoreTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Ids_AreTheirOwnersAlone_AtEveryInstance()
    {
        ResponseIdRecord[] records =
            [.. Enumerable.Range(0, 100).Select(i => Record("a", $"msg_{i}")), Record("b", "msg_0")];
        await _storage.ResponseIds.AddAsync(records, None);
        await _storage.ResponseIds.AddAsync([records[0]], None);

        Assert.Equal(records[99], await _storage.OtherResponseIds().FindAsync("a", "msg_99", None));
        Assert.NotNull(await _storage.ResponseIds.FindAsync("b", "msg_0", None));
        Assert.Null(await _storage.ResponseIds.FindAsync("b", "msg_1", None));
        Assert.Null(await _storage.ResponseIds.FindAsync("a", "msg_0' or RowKey ne '", None));
        Assert.Null(await _storage.ResponseIds.FindAsync("a", "../msg_0", None));
    }

    [Fact]
    public async Task Id_LivesThirtyDays()
    {
        await _storage.ResponseIds.AddAsync([Record("a", "resp_1")], None);
        _storage.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await _storage.ResponseIds.FindAsync("a", "resp_1", None));

        _storage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await _storage.ResponseIds.FindAsync("a", "resp_1", None));
    }

    [Fact]
    public async Task Tables_WhoseTimeIsOver_AreRemoved()
    {
        await _storage.ResponseIds.AddAsync([Record("a", "resp_1")], None);
        _storage.Clock.Advance(TimeSpan.FromDays(93));
        await _storage.ResponseIds.AddAsync([Record("a", "resp_2")], None);

        int tables = 0;
        await foreach (var table in _storage.Service.QueryAsync())
        {
            tables += table.Name.StartsWith(TableResponseIdStore.Tables, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(1, tables);
    }

    [Fact]
    public async Task TablesAway_IsAFailureOfTheStore()
    {
        _storage.Wire.Fail(503, "ServerBusy");

        await Assert.ThrowsAsync<StoreException>(
            async () => await _storage.ResponseIds.AddAsync([Record("a", "resp_1")], None));
        await Assert.ThrowsAsync<StoreException>(
            async () => await _storage.ResponseIds.FindAsync("a", "resp_1", None));
    }

    private ResponseIdRecord Record(string owner, string id) =>
        new(owner, id, "openai", "gpt-5", _storage.Clock.GetUtcNow() + TimeSpan.FromDays(30));
}
