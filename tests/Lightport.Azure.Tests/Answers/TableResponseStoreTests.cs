using System.Security.Cryptography;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Answers;

[Collection(AzuriteGroup.Name)]
public sealed class TableResponseStoreTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Answer_IsFoundByItsOwnerAlone_AtEveryInstance()
    {
        StoredResponse kept = Kept("a", "resp_1");
        await _storage.Responses.WriteAsync(kept, None);

        Assert.Equal(kept, await _storage.OtherResponses().FindAsync("a", "resp_1", None));
        Assert.Null(await _storage.Responses.FindAsync("b", "resp_1", None));
        Assert.Null(await _storage.Responses.FindAsync("a", "resp_", None));
        Assert.False(await _storage.Responses.RemoveAsync("b", "resp_1", None));
        Assert.True(await _storage.OtherResponses().RemoveAsync("a", "resp_1", None));
        Assert.False(await _storage.Responses.RemoveAsync("a", "resp_1", None));
        Assert.Null(await _storage.Responses.FindAsync("a", "resp_1", None));
    }

    [Theory]
    [InlineData("../resp_1")]
    [InlineData("resp_1' or PartitionKey ne '")]
    [InlineData("a|resp_1")]
    [InlineData("")]
    public async Task Id_ThatIsNone_FindsNothing_AndIsNoOthers(string id)
    {
        await _storage.Responses.WriteAsync(Kept("a", "resp_1"), None);

        Assert.Null(await _storage.Responses.FindAsync("a", id, None));
        Assert.Null(await _storage.Responses.FindAsync("a|a", id, None));
        Assert.Null(await _storage.Responses.FindAsync("a", new string('x', 10_000), None));
    }

    /// <summary>Eight megabytes that no packing makes smaller, and an answer beside them.</summary>
    [Fact]
    public async Task Conversation_AsLongAsOneMayBe_IsKeptWhole()
    {
        string picture = Convert.ToBase64String(RandomNumberGenerator.GetBytes(6 * 1024 * 1024));
        StoredResponse kept = Kept("a", "resp_1") with { Input = $"[\"{picture}\"]" };
        await _storage.Responses.WriteAsync(kept, None);

        Assert.Equal(kept, await _storage.Responses.FindAsync("a", "resp_1", None));
        Assert.True(await _storage.Responses.RemoveAsync("a", "resp_1", None));
        Assert.Empty(await RowsAsync());
    }

    [Fact]
    public async Task Answer_LivesAcrossTheEndOfItsTable_AndGoesWithIt()
    {
        await _storage.Responses.WriteAsync(Kept("a", "resp_1"), None);
        for (int day = 0; day < 29; day++)
        {
            _storage.Clock.Advance(TimeSpan.FromDays(1));
            Assert.NotNull(await _storage.Responses.FindAsync("a", "resp_1", None));
        }

        _storage.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Null(await _storage.Responses.FindAsync("a", "resp_1", None));
        Assert.False(await _storage.Responses.RemoveAsync("a", "resp_1", None));

        _storage.Clock.Advance(TimeSpan.FromDays(62));
        await _storage.OtherResponses().WriteAsync(Kept("a", "resp_2"), None);
        Assert.Single(await RowsAsync(), row => row.RowKey == "answer");
    }

    [Fact]
    public async Task Answer_WhoseWritingEndedHalfWay_IsNone()
    {
        string picture = Convert.ToBase64String(RandomNumberGenerator.GetBytes(2 * 1024 * 1024));
        int batches = 0;
        _storage.Wire.Before = request => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal)
            && Interlocked.Increment(ref batches) > 1
                ? Wire.Error(403, "AuthorizationFailure")
                : null);

        await Assert.ThrowsAsync<StoreException>(async () => await _storage.Responses.WriteAsync(
            Kept("a", "resp_1") with { Input = $"[\"{picture}\"]" }, None));

        Assert.Null(await _storage.OtherResponses().FindAsync("a", "resp_1", None));
        Assert.False(await _storage.OtherResponses().RemoveAsync("a", "resp_1", None));
    }

    [Fact]
    public async Task Answer_ThatWasDamaged_IsAFailureOfTheStore()
    {
        await _storage.Responses.WriteAsync(Kept("a", "resp_1"), None);
        TableEntity row = (await RowsAsync()).Single(row => row.RowKey == "0000");
        TableClient table = _storage.Table((await TablesAsync()).Single());
        row["Data0000"] = new byte[] { 1, 2, 3 };
        await table.UpsertEntityAsync(row, TableUpdateMode.Replace);

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await _storage.Responses.FindAsync("a", "resp_1", None));
        Assert.Equal(StoreFailure.Damaged, e.Failure);
    }

    private StoredResponse Kept(string owner, string id) => new(
        owner, id, """[{"role":"user"}]""", """{"id":"x"}""", _storage.Clock.GetUtcNow() + TimeSpan.FromDays(30));

    private async Task<List<string>> TablesAsync()
    {
        var names = new List<string>();
        await foreach (var table in _storage.Service.QueryAsync())
        {
            if (table.Name.StartsWith(TableResponseStore.Tables, StringComparison.Ordinal))
            {
                names.Add(table.Name);
            }
        }

        return names;
    }

    private async Task<List<TableEntity>> RowsAsync()
    {
        var rows = new List<TableEntity>();
        foreach (string name in await TablesAsync())
        {
            await foreach (TableEntity row in _storage.Table(name).QueryAsync<TableEntity>())
            {
                rows.Add(row);
            }
        }

        return rows;
    }
}
