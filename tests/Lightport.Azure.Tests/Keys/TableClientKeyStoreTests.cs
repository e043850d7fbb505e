using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Keys;

[Collection(AzuriteGroup.Name)]
public sealed class TableClientKeyStoreTests(AzuriteFixture azurite)
{
    private readonly TestStorage _storage = azurite.NewStorage();

    private TableClientKeyStore Keys => _storage.Keys;

    private static ClientKeyRecord Plain { get; } = New("plain");

    private static ClientKeyRecord Full { get; } = New("team-ä \"'<>&") with
    {
        Models = ["gpt-*", "模型/\\#?%"],
        Tags = new Dictionary<string, string> { ["tier"] = "1", ["a/b#c ?"] = "🚀\n" },
        ExpiresAt = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Disabled = true,
        Replaces = new string('a', ClientKeyRecord.IdLength),
        ReplacedBy = new string('b', ClientKeyRecord.IdLength),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Find_KeyThatWasAdded_IsAsItWas(bool full)
    {
        ClientKeyRecord key = full ? Full : Plain;
        await Keys.AddAsync(key, CancellationToken.None);

        Same(key, await Keys.FindAsync(key.Hash, CancellationToken.None));
        Same(key, await Keys.FindByIdAsync(key.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Add_Key_StandsInThePartitionOfItsHash()
    {
        await Keys.AddAsync(Plain, CancellationToken.None);

        TableEntity row = await _storage.Table(TableClientKeyStore.Table)
            .GetEntityAsync<TableEntity>(Plain.Hash[..2], Plain.Hash);

        Assert.Equal("plain", row.GetString("Name"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no hash")]
    [InlineData("' or RowKey ne '")]
    [InlineData("0000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Find_NoSuchKey_IsNull(string unknown)
    {
        await Keys.AddAsync(Plain, CancellationToken.None);

        Assert.Null(await Keys.FindAsync(unknown, CancellationToken.None));
        Assert.Null(await Keys.FindByIdAsync(unknown, CancellationToken.None));
        Assert.False(await Keys.RemoveAsync(unknown, CancellationToken.None));
    }

    [Fact]
    public async Task FindById_NeighboursInThePartition_AreNotTaken()
    {
        string id = Plain.Id;
        string neighbour = id[..^1] + (id[^1] == 'f' ? 'e' : 'f');
        await Keys.AddAsync(Plain with { Hash = neighbour + Plain.Hash[16..] }, CancellationToken.None);

        Assert.Null(await Keys.FindByIdAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task Add_SameKeyTwice_IsAConflict()
    {
        await Keys.AddAsync(Plain, CancellationToken.None);

        await Assertions.FailsAsync(StoreFailure.Conflict, () => AddAsync(Plain with { Name = "other" }));

        Same(Plain, await Keys.FindAsync(Plain.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task Add_OtherKeyOfTheSameId_IsAConflict()
    {
        await Keys.AddAsync(Plain, CancellationToken.None);

        StoreException e = await Assertions.FailsAsync(
            StoreFailure.Conflict, () => AddAsync(Plain with { Hash = Plain.Id + new string('0', 48) }));

        Assert.Contains(Plain.Id, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_SameKeyByManyAtOnce_IsAddedByOne()
    {
        Exception?[] ends = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Record.ExceptionAsync(() => AddAsync(Plain))));

        Assert.Single(ends, end => end is null);
        Assert.All(
            ends.OfType<Exception>(),
            end => Assert.Equal(StoreFailure.Conflict, Assert.IsType<StoreException>(end).Failure));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public async Task Add_NoHash_IsRefused(string hash) =>
        await Assert.ThrowsAsync<ArgumentException>(() => AddAsync(Plain with { Hash = hash }));

    [Fact]
    public async Task Add_AnswerIsLost_IsNoConflictWithItself()
    {
        await Keys.AddAsync(Full, CancellationToken.None);
        int inserts = 0;
        _storage.Wire.After = request =>
        {
            bool inserting = request.Method == HttpMethod.Post
                && !request.RequestUri!.AbsolutePath.EndsWith("$batch", StringComparison.Ordinal);
            if (inserting && ++inserts == 1)
            {
                throw new HttpRequestException("the answer is lost");
            }
        };

        await Keys.AddAsync(Plain, CancellationToken.None);

        Assert.Equal(2, inserts);
        Same(Plain, await Keys.FindAsync(Plain.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task Update_Key_IsAsItShallBe()
    {
        ClientKeyRecord read = await AddAndReadAsync(Full);
        ClientKeyRecord changed = read with { Name = "b", Models = null, ExpiresAt = null, Disabled = false };

        await Keys.UpdateAsync(changed, CancellationToken.None);

        ClientKeyRecord? after = await Keys.FindAsync(Full.Hash, CancellationToken.None);
        Same(changed, after);
        Assert.NotEqual(read.ETag, after?.ETag);
    }

    [Fact]
    public async Task Update_ChangedInBetween_IsAConflict()
    {
        ClientKeyRecord read = await AddAndReadAsync(Plain);
        await Keys.UpdateAsync(read with { Disabled = true }, CancellationToken.None);

        await Assertions.FailsAsync(StoreFailure.Conflict, () => UpdateAsync(read with { Name = "late" }));

        Same(Plain with { Disabled = true }, await Keys.FindAsync(Plain.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task Update_RemovedInBetween_IsAConflictAndBringsItNotBack()
    {
        ClientKeyRecord read = await AddAndReadAsync(Plain);
        Assert.True(await Keys.RemoveAsync(Plain.Id, CancellationToken.None));

        await Assertions.FailsAsync(StoreFailure.Conflict, () => UpdateAsync(read));

        Assert.Null(await Keys.FindAsync(Plain.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task Update_NeverRead_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => UpdateAsync(Plain));

    [Fact]
    public async Task Remove_Key_IsGoneAndOthersStay()
    {
        await Keys.AddAsync(Plain, CancellationToken.None);
        await Keys.AddAsync(Full, CancellationToken.None);

        Assert.True(await Keys.RemoveAsync(Plain.Id, CancellationToken.None));

        Assert.Null(await Keys.FindAsync(Plain.Hash, CancellationToken.None));
        Same(Full, await Keys.FindAsync(Full.Hash, CancellationToken.None));
    }

    [Fact]
    public async Task Find_TableWasDeleted_IsNullAndKeysCanBeAddedAnew()
    {
        await Keys.AddAsync(Plain, CancellationToken.None);
        await _storage.Table(TableClientKeyStore.Table).DeleteAsync();

        Assert.Null(await Keys.FindAsync(Plain.Hash, CancellationToken.None));
        Assert.Empty((await Keys.ListAsync(10, null, CancellationToken.None)).Keys);
        await Keys.AddAsync(Plain, CancellationToken.None);
        Same(Plain, await Keys.FindAsync(Plain.Hash, CancellationToken.None));
    }

    [Theory]
    [InlineData("Disabled", "perhaps")]
    [InlineData("Disabled", 1)]
    [InlineData("ExpiresAt", "soon")]
    [InlineData("ExpiresAt", true)]
    [InlineData("Models", "gpt-*")]
    [InlineData("Models", "null")]
    [InlineData("Models", "{}")]
    [InlineData("Tags", "[]")]
    [InlineData("Name", 7L)]
    public async Task Find_ColumnThatCannotBeRead_AdmitsNoOneAndNamesIt(string column, object value)
    {
        await Keys.AddAsync(Plain, CancellationToken.None);
        await Keys.AddAsync(Full, CancellationToken.None);
        await ChangeAsync(Plain, column, value);

        StoreException e = await Assertions.FailsAsync(
            StoreFailure.Damaged, () => Keys.FindAsync(Plain.Hash, CancellationToken.None).AsTask());

        Assert.Contains($"{Plain.Id} in LightportKeys is damaged", e.Message, StringComparison.Ordinal);
        Assert.Contains($"its column {column} cannot be read", e.Message, StringComparison.Ordinal);
        Same(Full, Assert.Single((await Keys.ListAsync(10, null, CancellationToken.None)).Keys));
        Assert.Contains(Plain.Id, Assert.Single(_storage.KeysLog.Lines), StringComparison.Ordinal);
        Assert.True(await Keys.RemoveAsync(Plain.Id, CancellationToken.None));
    }

    [Theory]
    [InlineData("Disabled", "TRUE")]
    [InlineData("ExpiresAt", "2020-01-01")]
    public async Task Find_ColumnOfAnotherType_IsTakenForWhatItSays(string column, string value)
    {
        await Keys.AddAsync(Plain, CancellationToken.None);
        await ChangeAsync(Plain, column, value);

        ClientKeyRecord? key = await Keys.FindAsync(Plain.Hash, CancellationToken.None);

        Assert.True(key?.Disabled == true || key?.ExpiresAt?.Year == 2020);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(100)]
    [InlineData(37)]
    public async Task List_HundredsOfKeys_GivesEachOnceInTheOrderOfIds(int limit)
    {
        const int count = 300;
        ClientKeyRecord[] keys = [.. Enumerable.Range(0, count).Select(number => New($"key {number}"))];
        await Parallel.ForEachAsync(keys, async (key, stop) => await Keys.AddAsync(key, stop));

        var listed = new List<ClientKeyRecord>();
        int pages = 0;
        string? next = null;
        do
        {
            ClientKeyPage page = await Keys.ListAsync(limit, next, CancellationToken.None);
            Assert.InRange(page.Keys.Count, 1, limit);
            listed.AddRange(page.Keys);
            next = page.Next;
            pages++;
        }
        while (next is not null);

        Assert.Equal(keys.Select(key => key.Id).Order(StringComparer.Ordinal), listed.Select(key => key.Id));
        Assert.Equal((count + limit - 1) / limit, pages);
    }

    [Theory]
    [InlineData("zzzz", 0)]
    [InlineData("' or PartitionKey ne '", 2)]
    [InlineData("", 2)]
    public async Task List_AfterAnyText_StartsWhereItStandsInTheOrder(string after, int left)
    {
        await Keys.AddAsync(Plain, CancellationToken.None);
        await Keys.AddAsync(Full, CancellationToken.None);

        Assert.Equal(left, (await Keys.ListAsync(10, after, CancellationToken.None)).Keys.Count);
    }

    [Fact]
    public async Task List_LimitOfNone_IsRefused() => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => Keys.ListAsync(0, null, CancellationToken.None).AsTask());

    private static ClientKeyRecord New(string name) => new()
    {
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))),
        Name = name,
        CreatedAt = new DateTimeOffset(2026, 11, 21, 8, 0, 0, 123, TimeSpan.Zero),
    };

    private static void Same(ClientKeyRecord expected, ClientKeyRecord? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Models, actual.Models);
        Assert.Equal(expected.Tags, actual.Tags);
        Assert.Equal(expected, actual with { Models = expected.Models, Tags = expected.Tags, ETag = expected.ETag });
    }

    private Task AddAsync(ClientKeyRecord key) => Keys.AddAsync(key, CancellationToken.None).AsTask();

    private Task UpdateAsync(ClientKeyRecord key) => Keys.UpdateAsync(key, CancellationToken.None).AsTask();

    private async Task<ClientKeyRecord> AddAndReadAsync(ClientKeyRecord key)
    {
        await Keys.AddAsync(key, CancellationToken.None);
        return (await Keys.FindAsync(key.Hash, CancellationToken.None))!;
    }

    private async Task ChangeAsync(ClientKeyRecord key, string column, object value) =>
        await _storage.Table(TableClientKeyStore.Table).UpdateEntityAsync(
            new TableEntity(key.Hash[..2], key.Hash) { [column] = value }, ETag.All, TableUpdateMode.Merge);
}
