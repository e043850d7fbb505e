using Azure;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

/// <summary>What is half there, changed by hand or no longer makes sense.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class DamagedVersionTests(AzuriteFixture azurite)
{
    private readonly TestStorage _storage = azurite.NewStorage();

    private TableConfigurationVersions Versions => _storage.Versions;

    private TableClient Table => _storage.Table(TableConfigurationVersions.Table);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task Write_KilledAfterSomeRequests_LeavesNothingThatAnyoneSees(int lived)
    {
        ConfigurationVersion before = await _storage.ApplyAsync(Contents.Small);
        int requests = 0;
        _storage.Wire.Before = _ => Interlocked.Increment(ref requests) > lived
            ? throw new HttpRequestException("killed")
            : Task.FromResult<HttpResponseMessage?>(null);

        await Assertions.FailsAsync(
            StoreFailure.Unavailable,
            () => Versions.WriteAsync(Contents.Models(550), Contents.Note, CancellationToken.None).AsTask());

        TableConfigurationVersions other = _storage.OtherVersions();
        Assert.Equal([before], await other.ListAsync(CancellationToken.None));
        Assert.Equal(before.Version, (await other.FindPointerAsync(CancellationToken.None))?.Version);
        Assertions.Same(Contents.Small, await other.ReadAsync(before.Version, CancellationToken.None));
    }

    [Fact]
    public async Task Write_AnswersLostOnTheWay_WritesOnce()
    {
        int requests = 0;
        _storage.Wire.After = _ =>
        {
            if (Interlocked.Increment(ref requests) % 2 == 1)
            {
                throw new HttpRequestException("the answer is lost");
            }
        };

        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Models(150));

        _storage.Wire.After = _ => { };
        Assertions.Same(Contents.Models(150), await Versions.ReadAsync(version.Version, CancellationToken.None));
        Assert.Equal(version.Version, (await Versions.FindPointerAsync(CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Read_PointerAtAVersionThatIsNotThere_FindsNone()
    {
        await _storage.ApplyAsync(Contents.Small);
        await Table.UpsertEntityAsync(
            new TableEntity("current", "pointer") { ["Version"] = "20261121T075959999-00000000" });

        ConfigurationPointer? pointer = await Versions.FindPointerAsync(CancellationToken.None);

        Assert.Equal("20261121T075959999-00000000", pointer?.Version);
        Assert.Null(await Versions.ReadAsync(pointer!.Version, CancellationToken.None));
    }

    [Fact]
    public async Task Move_OverAPointerThatNamesNothing_MendsIt()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await Table.UpsertEntityAsync(
            new TableEntity("current", "pointer") { ["Version"] = null, ["MovedAt"] = "soon" },
            TableUpdateMode.Replace);
        ConfigurationPointer? broken = await Versions.FindPointerAsync(CancellationToken.None);

        await Versions.MoveAsync(version.Version, broken, Contents.Note, CancellationToken.None);

        Assert.Equal("", broken?.Version);
        Assert.Equal(version.Version, (await Versions.FindPointerAsync(CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Read_EntriesAreMissing_IsDamagedAndSaysHowManyOfWhichKind()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Models(5));
        await RemoveAsync(version, "model|model-00001");
        await RemoveAsync(version, "model|model-00003");

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains("of 5 entries of kind 'model' 2 are missing", e.Message, StringComparison.Ordinal);
        Assert.Contains(version.Version, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_PartOfALongEntryIsMissing_IsDamagedAndNamesIt()
    {
        string json = $"\"{new string('x', 400_000)}\"";
        ConfigurationVersion version = await _storage.ApplyAsync(new(null, [new("model", "a/b", 0, json)]));
        await RemoveAsync(version, "model|a~002Fb|0001");

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains("a part of the entry 'model|a/b' is missing", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Entries", null)]
    [InlineData("Entries", "model")]
    [InlineData("Entries", "model=many")]
    [InlineData("Digest", null)]
    public async Task Read_NothingToHoldItTo_IsDamaged(string column, string? value)
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("versions", version.Version, row => row[column] = value);

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains("'versions' cannot be read", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OddColumns_StillListsTheVersion()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("versions", version.Version, row =>
        {
            row["Entries"] = 7;
            row["CreatedAt"] = "yesterday";
            row["Author"] = 12L;
            row["Note"] = null;
        });

        ConfigurationVersion listed = Assert.Single(await Versions.ListAsync(CancellationToken.None));

        Assert.Equal((version.Version, "12", null, null), (listed.Version, listed.Author, listed.Note, listed.Entries));
    }

    [Fact]
    public async Task Read_EntryChangedByHand_CountsAndTheTextDoesNot()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("v" + version.Version, "model|fast", row => row["Json"] = "\"groq/llama\"");

        ConfigurationContent? read = await Versions.ReadAsync(version.Version, CancellationToken.None);

        Assert.Null(read?.Text);
        Assert.Equal("\"groq/llama\"", read?.Entries[1].Json);
    }

    [Fact]
    public async Task Read_EntryAddedByHand_CountsAndTheTextDoesNot()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await Table.AddEntityAsync(
            new TableEntity("v" + version.Version, "model|new") { ["Json"] = "\"groq/llama\"", ["Order"] = "2" });

        ConfigurationContent? read = await Versions.ReadAsync(version.Version, CancellationToken.None);

        Assert.Null(read?.Text);
        Assert.Equal([.. Contents.Small.Entries, new("model", "new", 2, "\"groq/llama\"")], read?.Entries!);
    }

    [Theory]
    [InlineData("changed")]
    [InlineData(null)]
    public async Task Read_TextDamaged_EntriesCountWithoutIt(string? text)
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("v" + version.Version, "text|0000", row => row["Text"] = text);

        ConfigurationContent? read = await Versions.ReadAsync(version.Version, CancellationToken.None);

        Assertions.Same(Contents.Small with { Text = null }, read);
    }

    public static TheoryData<object?, object?, ConfigurationEntry> OddRows => new()
    {
        { null, null, new("model", "fast", int.MaxValue, "") },
        { 1, 7, new("model", "fast", 1, "7") },
        { 1L, true, new("model", "fast", 1, "True") },
        { "1", "{not json", new("model", "fast", 1, "{not json") },
        { 1.0, "\"x\"", new("model", "fast", 1, "\"x\"") },
        { "first", "\"x\"", new("model", "fast", int.MaxValue, "\"x\"") },
        { -1, "\"x\"", new("model", "fast", int.MaxValue, "\"x\"") },
        { 1.5, "\"x\"", new("model", "fast", int.MaxValue, "\"x\"") },
    };

    [Theory]
    [MemberData(nameof(OddRows))]
    public async Task Read_OddColumns_AreGivenBackToBeNamed(object? order, object? json, ConfigurationEntry expected)
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("v" + version.Version, "model|fast", row => (row["Order"], row["Json"]) = (order, json));

        ConfigurationContent? read = await Versions.ReadAsync(version.Version, CancellationToken.None);

        Assert.Equal(expected, read?.Entries[1]);
    }

    [Fact]
    public async Task Read_RowOfNoKind_IsGivenBackToBeNamed()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await Table.AddEntityAsync(new TableEntity("v" + version.Version, "stray"));

        ConfigurationContent? read = await Versions.ReadAsync(version.Version, CancellationToken.None);

        Assert.Contains(new ConfigurationEntry("stray", "", int.MaxValue, ""), read!.Entries);
    }

    [Fact]
    public async Task Apply_TableWasDeleted_IsMadeAnew()
    {
        await _storage.ApplyAsync(Contents.Models(5));
        await Table.DeleteAsync();

        Assert.Null(await Versions.FindPointerAsync(CancellationToken.None));
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        Assertions.Same(Contents.Small, await Versions.ReadAsync(version.Version, CancellationToken.None));
    }

    private async Task ChangeAsync(string partition, string row, Action<TableEntity> change)
    {
        TableEntity entity = await Table.GetEntityAsync<TableEntity>(partition, row);
        change(entity);
        await Table.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Replace);
    }

    private Task<Response> RemoveAsync(ConfigurationVersion version, string row) =>
        Table.DeleteEntityAsync("v" + version.Version, row);

    private Task<StoreException> ReadDamagedAsync(ConfigurationVersion version) => Assertions.FailsAsync(
        StoreFailure.Damaged, () => Versions.ReadAsync(version.Version, CancellationToken.None).AsTask());
}
