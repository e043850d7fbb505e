using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Storage;

public sealed class FileStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ChangeNote Jane = new("jane", "why");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();

    private readonly CapturedLog _log = new();

    private string UsageFolder => Path.Combine(_folder.FullName, "usage");

    private string Document => Path.Combine(_folder.FullName, "lightport.yaml");

    private FileConfigurationVersions Versions => new(Document, Path.Combine(_folder.FullName, "versions"), _clock);

    private FileClientKeyStore Keys => new(Path.Combine(_folder.FullName, "data", "keys.json"));

    [Fact]
    public async Task Versions_NothingThere_IsNoPointerAndNoVersion()
    {
        Assert.Null(await Versions.FindPointerAsync(None));
        Assert.Empty(await Versions.ListAsync(None));
        Assert.Null(await Versions.ReadAsync("20260101T000000000-00", None));
    }

    [Fact]
    public async Task Versions_WriteAndMove_IsInForceAndListed()
    {
        string first = await ApplyAsync("a: 1");
        string second = await ApplyAsync("a: 2 # two");

        ConfigurationPointer pointer = (await Versions.FindPointerAsync(None))!;
        Assert.Equal((second, "jane"), (pointer.Version, pointer.Author));
        Assert.Equal("a: 2 # two", File.ReadAllText(Document));
        Assert.Equal(
            [(second, "jane", "why"), (first, "jane", "why")],
            (await Versions.ListAsync(None)).Select(one => (one.Version, one.Author, one.Note!)));
        Assert.Equal("a: 1", (await Versions.ReadAsync(first, None))!.Text);
    }

    [Fact]
    public async Task Versions_WrittenAndNotMovedTo_IsNotInForce()
    {
        string first = await ApplyAsync("a: 1");
        await Versions.WriteAsync(new("a: 2", []), null, Jane, None);

        Assert.Equal(first, (await Versions.FindPointerAsync(None))!.Version);
    }

    [Fact]
    public async Task Versions_EditedByHand_BecomesAVersionBeforeItIsReplaced()
    {
        await ApplyAsync("a: 1");
        File.WriteAllText(Document, "a: by hand");
        ConfigurationPointer edited = (await Versions.FindPointerAsync(None))!;
        Assert.StartsWith("edited-", edited.Version);
        Assert.Equal("a: by hand", (await Versions.ReadAsync(edited.Version, None))!.Text);

        await ApplyAsync("a: 3");

        ConfigurationVersion saved = (await Versions.ListAsync(None)).Single(one => one.Author == "edited by hand");
        Assert.Equal("a: by hand", (await Versions.ReadAsync(saved.Version, None))!.Text);
    }

    [Fact]
    public async Task Versions_ChangedSinceItWasLookedAt_IsAConflictAndStays()
    {
        await ApplyAsync("a: 1");
        ConfigurationPointer? seen = await Versions.FindPointerAsync(None);
        File.WriteAllText(Document, "a: by hand");
        string mine = (await Versions.WriteAsync(new("a: mine", []), seen, Jane, None)).Version;

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await Versions.MoveAsync(mine, seen, Jane, None));

        Assert.Equal(StoreFailure.Conflict, e.Failure);
        Assert.Equal("a: by hand", File.ReadAllText(Document));
    }

    [Theory]
    [InlineData("../lightport")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("edited-0000")]
    public async Task Versions_NameThatIsNone_IsNotFound(string version)
    {
        await ApplyAsync("a: 1");

        Assert.Null(await Versions.ReadAsync(version, None));
    }

    [Fact]
    public async Task Versions_TextChangedInTheFolder_IsNoLongerThatVersion()
    {
        string first = await ApplyAsync("a: 1");
        await ApplyAsync("a: 2");
        File.WriteAllText(Path.Combine(_folder.FullName, "versions", first + ".yaml"), "a: forged");

        Assert.Null(await Versions.ReadAsync(first, None));
    }

    /// <summary>The clock stands still: both are applied within a millisecond.</summary>
    [Fact]
    public async Task Versions_SameTextTwiceAtOnce_AreTwo_AndTheRefusedOneTakesNothingOfTheOther()
    {
        string before = await ApplyAsync("a: 1");
        ConfigurationPointer seen = (await Versions.FindPointerAsync(None))!;
        _clock.Advance(TimeSpan.FromSeconds(1));
        ConfigurationVersion first = await Versions.WriteAsync(new("a: 2", []), seen, Jane, None);
        ConfigurationVersion second = await Versions.WriteAsync(new("a: 2", []), seen, new("joe", null), None);
        await Versions.MoveAsync(first.Version, seen, Jane, None);

        await Versions.RemoveAsync(second.Version, None);

        Assert.Equal(TimeSpan.FromMilliseconds(1), second.CreatedAt - first.CreatedAt);
        Assert.Equal(
            [(first.Version, "jane"), (before, "jane")],
            (await Versions.ListAsync(None)).Select(one => (one.Version, one.Author)));
        Assert.Equal(first.Version, (await Versions.FindPointerAsync(None))!.Version);
    }

    [Fact]
    public async Task Versions_SameTextByManyAtOnce_AreAllOfThemThere()
    {
        ConfigurationVersion[] written = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            async _ => await Versions.WriteAsync(new("a: 1", []), null, Jane, None)));

        Assert.Equal(20, written.Select(one => one.Version).Distinct().Count());
        Assert.Equal(20, (await Versions.ListAsync(None)).Count);
    }

    [Fact]
    public async Task Versions_MoreThanAHundred_TheOldestGo()
    {
        string first = await ApplyAsync("a: first");
        for (int i = 0; i < 105; i++)
        {
            await ApplyAsync($"a: {i}");
        }

        IReadOnlyList<ConfigurationVersion> kept = await Versions.ListAsync(None);
        Assert.Equal(100, kept.Count);
        Assert.DoesNotContain(kept, one => one.Version == first);
        Assert.Equal(200, Directory.GetFiles(Path.Combine(_folder.FullName, "versions")).Length);
    }

    [Fact]
    public async Task Versions_FolderCannotBeWritten_IsReadOnlyAndSaysWhatToDo()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "versions"), "a file where the folder would be");

        StoreException e = await Assert.ThrowsAsync<StoreException>(async () => await ApplyAsync("a: 1"));

        Assert.Equal(StoreFailure.ReadOnly, e.Failure);
        Assert.Contains("LIGHTPORT_DATA", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Document));
    }

    [Fact]
    public async Task Keys_AddedChangedRemoved_AreSoForAnotherProcessToo()
    {
        ClientKeyRecord key = Key(1) with
        {
            Models = ["a", "b*"],
            Tags = new Dictionary<string, string> { ["t"] = "1" },
            ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(9),
        };
        await Keys.AddAsync(key, None);
        ClientKeyRecord found = (await Keys.FindAsync(key.Hash, None))!;
        Assert.Equivalent(key with { ETag = found.ETag }, found, strict: true);

        await Keys.UpdateAsync(found with { Disabled = true }, None);
        Assert.True((await Keys.FindByIdAsync(key.Id, None))!.Disabled);
        Assert.True(await Keys.RemoveAsync(key.Id, None));
        Assert.False(await Keys.RemoveAsync(key.Id, None));
        Assert.Null(await Keys.FindAsync(key.Hash, None));
    }

    [Fact]
    public async Task Keys_TwoChangesOfOneState_TheSecondIsAConflict()
    {
        await Keys.AddAsync(Key(1), None);
        ClientKeyRecord seen = (await Keys.FindAsync(Key(1).Hash, None))!;
        await Keys.UpdateAsync(seen with { Name = "one" }, None);

        StoreException changed = await Assert.ThrowsAsync<StoreException>(
            async () => await Keys.UpdateAsync(seen with { Name = "two" }, None));
        StoreException added = await Assert.ThrowsAsync<StoreException>(async () => await Keys.AddAsync(Key(1), None));

        Assert.Equal((StoreFailure.Conflict, StoreFailure.Conflict), (changed.Failure, added.Failure));
        Assert.Equal("one", (await Keys.FindAsync(Key(1).Hash, None))!.Name);
    }

    [Fact]
    public async Task Keys_ManyAtOnce_AreAllKept_AndPagesAddUp()
    {
        FileClientKeyStore store = Keys;
        await Task.WhenAll(Enumerable.Range(0, 25).Select(i => store.AddAsync(Key(i), None).AsTask()));

        var all = new List<string>();
        string? after = null;
        do
        {
            ClientKeyPage page = await store.ListAsync(10, after, None);
            all.AddRange(page.Keys.Select(key => key.Id));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(25, all.Distinct().Count());
        Assert.Equal(all.Order(StringComparer.Ordinal), all);
    }

    [Fact]
    public async Task Keys_FileIsBroken_IsNamedWithItsLine()
    {
        await Keys.AddAsync(Key(1), None);
        File.WriteAllText(Path.Combine(_folder.FullName, "data", "keys.json"), "[\n  {oops");

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await Keys.FindAsync(Key(1).Hash, None));

        Assert.Equal(StoreFailure.Damaged, e.Failure);
        Assert.Contains("keys.json", e.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_RowsAreReplaced_AndReadByDayAndKey()
    {
        var store = NewUsage();
        await store.WriteAsync([Row("k1", 0, "i1", 1), Row("k2", 0, "i1", 2)], None);
        await store.WriteAsync([Row("k1", 0, "i1", 5)], None);
        await NewUsage().WriteAsync([Row("k1", 0, "i2", 7)], None);
        await store.WriteAsync([Row("k1", 1, "i1", 100)], None);

        Assert.Equal(12, await SumAsync(store, new UsageQuery(Day(0), Day(0), "k1")));
        Assert.Equal(14, await SumAsync(store, new UsageQuery(Day(0), Day(0))));
        Assert.Equal(114, await SumAsync(store, new UsageQuery(Day(0), Day(1))));
        Assert.Equal(0, await SumAsync(store, new UsageQuery(Day(2), Day(9))));
    }

    [Fact]
    public async Task Usage_RowOfEveryColumn_ReadsBackAsItWas()
    {
        UsageRow row = Row("k1", 0, "i1", 1) with
        {
            Route = "fast",
            Tag = "night",
            KeyTags = """{"team":"a"}""",
            PriceVersions = "table 2026-11-01",
        };
        foreach (UsageMeasure measure in UsageSums.Measures)
        {
            row.Sums[measure] = 1L << (int)measure;
        }

        row.Sums.Duration.Add(TimeSpan.FromSeconds(3));
        row.Sums.FirstByte.Add(TimeSpan.FromMilliseconds(30));
        await NewUsage().WriteAsync([row], None);

        Assert.Equal([row], await ReadAsync(NewUsage()));
    }

    [Fact]
    public async Task Usage_DayOfAnOlderRelease_IsRead()
    {
        Directory.CreateDirectory(UsageFolder);
        File.WriteAllText(Path.Combine(UsageFolder, "1970-01-01.0123456789ab.json"), """
            [
              {
                "key_id": "k1",
                "key_name": "team",
                "hour": "1970-01-01T08:00:00+00:00",
                "instance": "0123456789ab",
                "model": "openai/x",
                "requests": 2,
                "errors": 0,
                "input": 40,
                "cache_write_long": 5
              }
            ]
            """);

        UsageRow row = Assert.Single(await ReadAsync(NewUsage()));

        Assert.Equal(("team", 8, "", ""), (row.KeyName, row.Hour.Hour, row.Route, row.KeyTags));
        Assert.Equal((2, 40, 5), (
            row.Sums[UsageMeasure.Requests], row.Sums[UsageMeasure.Input], row.Sums[UsageMeasure.CacheWriteLong]));
    }

    [Theory]
    [InlineData("\"input\": 7", "\"input\": -7", "negative")]
    [InlineData("\"input\": 7", "\"input\": 1e99", "input")]
    [InlineData("\"input\": 7", "\"input\": \"many\"", "input")]
    [InlineData("\"format\": 2", "\"format\": 3", "newer release")]
    [InlineData("\"duration\": \"46:1\"", "\"duration\": \"99:1\"", "duration")]
    [InlineData("\"hour\": \"1970", "\"hour\": \"never", "hour")]
    [InlineData("\"key_id\": \"k1\"", "\"key_id\": 7", "key_id")]
    public async Task Usage_RowThatSomebodyEdited_IsToldAndLeftOut(string written, string edited, string told)
    {
        UsageRow row = Row("k1", 0, "i1", 7);
        row.Sums.Duration.Add(TimeSpan.FromSeconds(2.5));
        await NewUsage().WriteAsync([row, Row("k2", 0, "i1", 1)], None);
        string file = Assert.Single(Directory.GetFiles(UsageFolder));
        string text = File.ReadAllText(file);
        Assert.Contains(written, text, StringComparison.Ordinal);
        int place = text.IndexOf(written, StringComparison.Ordinal);
        File.WriteAllText(file, text[..place] + edited + text[(place + written.Length)..]);

        Assert.Equal("k2", Assert.Single(await ReadAsync(NewUsage())).KeyId);

        Assert.Contains(told, Assert.Single(_log.Lines, line => line.EventId == 206).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_FileOfGarbage_IsToldAndLeftOut()
    {
        await NewUsage().WriteAsync([Row("k1", 0, "i1", 7)], None);
        File.WriteAllText(Path.Combine(UsageFolder, "1970-01-01T03.x.json"), "{oops");
        File.WriteAllText(Path.Combine(UsageFolder, "1970-01-01T04.x.json"), "7");

        Assert.Equal("k1", Assert.Single(await ReadAsync(NewUsage())).KeyId);
        Assert.Equal(2, _log.Lines.Count(line => line.EventId == 206));
    }

    [Fact]
    public async Task Usage_OlderThanIsKept_Goes()
    {
        FileUsageStore store = NewUsage();
        await store.WriteAsync([Row("k1", 0, "i1", 1), Row("k1", 1, "i1", 2)], None);
        _clock.Advance(TimeSpan.FromDays(401));
        await store.WriteAsync([Row("k1", 401, "i1", 4)], None);

        Assert.Equal(6, await SumAsync(store, new UsageQuery(Day(0), Day(401))));
    }

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _log.Dispose();
    }

    private static DateOnly Day(int day) => new DateOnly(1970, 1, 1).AddDays(day);

    private static UsageRow Row(string key, int day, string instance, long input) => new()
    {
        KeyId = key,
        KeyName = key,
        Hour = DateTimeOffset.UnixEpoch.AddDays(day),
        Instance = instance,
        Model = "openai/x",
        Sums = new UsageSums { [UsageMeasure.Input] = input },
    };

    private FileUsageStore NewUsage()
    {
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new FileUsageStore(UsageFolder, TimeSpan.FromDays(400), _clock, logs.CreateLogger<FileUsageStore>());
    }

    private static async Task<List<UsageRow>> ReadAsync(FileUsageStore store)
    {
        var rows = new List<UsageRow>();
        await foreach (UsageRow row in store.ReadAsync(new UsageQuery(Day(0), Day(0)), None))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async Task<long> SumAsync(FileUsageStore store, UsageQuery query)
    {
        long sum = 0;
        await foreach (UsageRow row in store.ReadAsync(query, None))
        {
            sum += row.Sums[UsageMeasure.Input];
        }

        return sum;
    }

    private static ClientKeyRecord Key(int number) => new()
    {
        Hash = Lightport.Admission.KeyHash.Of($"key {number}").ToString(),
        Name = $"key {number}",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private async Task<string> ApplyAsync(string text)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        using FileConfigurationVersions versions = Versions;
        ConfigurationPointer? from = await versions.FindPointerAsync(None);
        string version = (await versions.WriteAsync(new ConfigurationContent(text, []), from, Jane, None)).Version;
        await versions.MoveAsync(version, from, Jane, None);
        return version;
    }
}
