using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

[Collection(AzuriteGroup.Name)]
public sealed class TableConfigurationVersionsTests(AzuriteFixture azurite)
{
    private readonly TestStorage _storage = azurite.NewStorage();

    private TableConfigurationVersions Versions => _storage.Versions;

    [Fact]
    public async Task FindPointer_NothingApplied_IsNull() =>
        Assert.Null(await Versions.FindPointerAsync(CancellationToken.None));

    [Fact]
    public async Task List_NothingApplied_IsEmpty() =>
        Assert.Empty(await Versions.ListAsync(CancellationToken.None));

    [Fact]
    public async Task Write_Content_ReadsBackAsItWas()
    {
        ConfigurationVersion version = await WriteAsync(Contents.Small);

        Assertions.Same(Contents.Small, await ReadAsync(version));
        Assert.Matches("^20261121T080000000-[0-9a-f]{8}$", version.Version);
        Assert.Equal(2, version.Entries);
    }

    [Fact]
    public async Task Write_NotMoved_IsNotInForce()
    {
        await WriteAsync(Contents.Small);

        Assert.Null(await Versions.FindPointerAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Write_WithoutText_ReadsBackWithoutText()
    {
        ConfigurationContent content = Contents.Small with { Text = null };

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Fact]
    public async Task Write_NothingAtAll_ReadsBackAsNothing()
    {
        var content = new ConfigurationContent("", []);

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Fact]
    public async Task Write_Entries_ComeBackInTheOrderOfTheDocument()
    {
        var content = new ConfigurationContent(null, [new("model", "z", 0, "1"), new("model", "a", 1, "2")]);

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Theory]
    [InlineData(@"/ \ # ? % | ~ ' "" & + < > = ; : , . @ ! * ( ) [ ] { }")]
    [InlineData("openai/gpt-4o?x=1#y")]
    [InlineData("~002F")]
    [InlineData("100%25")]
    [InlineData(" leading and trailing ")]
    [InlineData("tab\tnew\nline\u0001\u0085")]
    [InlineData("模型 модель 🚀 é e\u0301")]
    [InlineData("text|0000")]
    [InlineData("")]
    public async Task Write_AwkwardName_ReadsBackAsItWas(string name)
    {
        var content = new ConfigurationContent(null, [new("model", name, 0, $"\"{name.Length}\"")]);

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Fact]
    public async Task Write_NamesLongerThanAKey_ReadBackApart()
    {
        string name = new('ж', 2000);
        var content = new ConfigurationContent(
            null, [new("model", name + "1", 0, "1"), new("model", name + "2", 1, "2")]);

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Theory]
    [InlineData(64 * 1024)]
    [InlineData(1 << 20)]
    public async Task Write_LongValue_ReadsBackAsItWas(int length)
    {
        string json = $"\"{string.Concat(Enumerable.Repeat("🚀", length / 2))}\"";
        var content = new ConfigurationContent(null, [new("model", "long", 0, json), new("rule", "0", 1, "2")]);

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Fact]
    public async Task Write_DocumentOfEightMebibytes_ReadsBackAsItWas()
    {
        IEnumerable<string> lines = Enumerable.Range(0, 200_000).Select(line => $"# \"quoted\" <{line:D6}> of é\n");
        string text = string.Concat(lines).PadRight((8 << 20) - 1000, 'x')[..((8 << 20) - 1000)];
        var content = new ConfigurationContent(text, [new("model", "a", 0, "1")]);

        Assertions.Same(content, await ReadAsync(await WriteAsync(content)));
    }

    [Fact]
    public async Task Write_HalfACharacter_IsReplacedAndStillWhole()
    {
        var content = new ConfigurationContent("a: \uD83D", [new("model", "half \uD83D", 0, "\"\uD83D\"")]);

        ConfigurationContent? read = await ReadAsync(await WriteAsync(content));

        Assert.Equal("a: \uFFFD", read?.Text);
        Assert.Equal([new("model", "half \uFFFD", 0, "\"\uFFFD\"")], read?.Entries!);
    }

    [Fact]
    public async Task Write_SameEntryTwice_IsRefused() => await Assert.ThrowsAsync<ArgumentException>(
        () => WriteAsync(new(null, [new("model", "a", 0, "1"), new("model", "a", 1, "2")])));

    [Theory]
    [InlineData("20261121T080000000-00000000")]
    [InlineData("")]
    [InlineData("' or PartitionKey ne '")]
    [InlineData("current/../pointer")]
    public async Task Read_NoSuchVersion_IsNull(string version)
    {
        await _storage.ApplyAsync(Contents.Small);

        Assert.Null(await Versions.ReadAsync(version, CancellationToken.None));
    }

    [Fact]
    public async Task List_Versions_NewestFirstWithWhatWasSaid()
    {
        ConfigurationVersion first = await WriteAsync(Contents.Small);
        _storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        ConfigurationVersion second = await WriteAsync(Contents.Models(3));

        Assert.Equal([second, first], await Versions.ListAsync(CancellationToken.None));
        Assert.Equal(("jane@contoso.com", "fallback for fast", 3), (second.Author, second.Note, second.Entries));
    }

    [Fact]
    public async Task Move_ToAVersion_PutsItInForce()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);

        ConfigurationPointer? pointer = await _storage.OtherVersions().FindPointerAsync(CancellationToken.None);

        Assert.Equal(
            (version.Version, "jane@contoso.com", _storage.Clock.GetUtcNow()),
            (pointer?.Version, pointer?.Author, pointer?.MovedAt));
    }

    [Fact]
    public async Task Move_BackToAnEarlierVersion_PutsItInForce()
    {
        ConfigurationVersion first = await _storage.ApplyAsync(Contents.Small);
        await _storage.ApplyAsync(Contents.Models(3));
        ConfigurationPointer? before = await Versions.FindPointerAsync(CancellationToken.None);

        await Versions.MoveAsync(first.Version, before, Contents.Note, CancellationToken.None);

        ConfigurationPointer? after = await Versions.FindPointerAsync(CancellationToken.None);
        Assert.Equal(first.Version, after?.Version);
        Assert.NotEqual(before?.ETag, after?.ETag);
    }

    [Fact]
    public async Task Move_PointerThereWhereNoneWasSeen_IsAConflict()
    {
        ConfigurationVersion first = await _storage.ApplyAsync(Contents.Small);
        ConfigurationVersion second = await WriteAsync(Contents.Models(1));

        await Assertions.FailsAsync(StoreFailure.Conflict, () => MoveAsync(second, null));

        Assert.Equal(first.Version, (await Versions.FindPointerAsync(CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Move_PointerMovedInBetween_IsAConflict()
    {
        await _storage.ApplyAsync(Contents.Small);
        ConfigurationPointer? seen = await Versions.FindPointerAsync(CancellationToken.None);
        ConfigurationVersion second = await _storage.ApplyAsync(Contents.Models(1));
        ConfigurationVersion third = await WriteAsync(Contents.Models(2));

        StoreException e = await Assertions.FailsAsync(StoreFailure.Conflict, () => MoveAsync(third, seen));

        Assert.Contains("Somebody else", e.Message, StringComparison.Ordinal);
        Assert.Equal(second.Version, (await Versions.FindPointerAsync(CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Move_PointerRemovedInBetween_IsAConflict()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        ConfigurationPointer? seen = await Versions.FindPointerAsync(CancellationToken.None);
        await _storage.Table(TableConfigurationVersions.Table).DeleteEntityAsync("current", "pointer");

        await Assertions.FailsAsync(StoreFailure.Conflict, () => MoveAsync(version, seen));
    }

    [Theory]
    [InlineData("20261121T080000000-00000000")]
    [InlineData("no name of a version")]
    public async Task Move_ToNoVersion_IsRefused(string name)
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        ConfigurationPointer? seen = await Versions.FindPointerAsync(CancellationToken.None);

        await Assertions.FailsAsync(StoreFailure.Damaged, () => MoveAsync(version with { Version = name }, seen));

        Assert.Equal(seen, await Versions.FindPointerAsync(CancellationToken.None));
    }

    [Fact]
    public async Task FindBefore_IsWhatTheOneInForceReplaced()
    {
        ConfigurationVersion first = await _storage.ApplyAsync(Contents.Small);
        ConfigurationPointer? one = await Versions.FindPointerAsync(CancellationToken.None);
        await WriteAsync(Contents.Models(7));
        await _storage.ApplyAsync(Contents.Models(2));
        ConfigurationPointer? two = await Versions.FindPointerAsync(CancellationToken.None);

        Assert.Equal(first.Version, await Versions.FindBeforeAsync(two!, CancellationToken.None));
        Assert.Null(await Versions.FindBeforeAsync(one!, CancellationToken.None));
    }

    [Fact]
    public async Task Remove_AVersion_LeavesNothingOfIt()
    {
        ConfigurationVersion version = await WriteAsync(Contents.Small);

        await Versions.RemoveAsync(version.Version, CancellationToken.None);

        Assert.Empty(await Versions.ListAsync(CancellationToken.None));
        Assert.Null(await ReadAsync(version));
        Assert.Empty(await _storage.Table(TableConfigurationVersions.Table)
            .QueryAsync<TableEntity>(row => row.PartitionKey == "v" + version.Version)
            .ToListAsync());
    }

    [Fact]
    public async Task WasConfigured_IsSoFromTheFirstMoveOn()
    {
        ConfigurationVersion version = await WriteAsync(Contents.Small);
        Assert.False(await Versions.WasConfiguredAsync(CancellationToken.None));

        await MoveAsync(version, null);

        Assert.True(await _storage.OtherVersions().WasConfiguredAsync(CancellationToken.None));
    }

    [Fact]
    public async Task ReadAndMove_WhatIsNoName_AskTheServiceNothing()
    {
        ConfigurationVersion version = await WriteAsync(Contents.Small);
        int before = _storage.Wire.Requests;

        Assert.Null(await Versions.ReadAsync("a/b?c", CancellationToken.None));
        await Assertions.FailsAsync(StoreFailure.Damaged, () => MoveAsync(version with { Version = "a/b?c" }, null));

        Assert.Equal(before, _storage.Wire.Requests);
    }

    private Task<ConfigurationVersion> WriteAsync(ConfigurationContent content) =>
        Versions.WriteAsync(content, null, Contents.Note, CancellationToken.None).AsTask();

    private ValueTask<ConfigurationContent?> ReadAsync(ConfigurationVersion version) =>
        Versions.ReadAsync(version.Version, CancellationToken.None);

    private Task MoveAsync(ConfigurationVersion version, ConfigurationPointer? from) =>
        Versions.MoveAsync(version.Version, from, Contents.Note, CancellationToken.None).AsTask();
}
