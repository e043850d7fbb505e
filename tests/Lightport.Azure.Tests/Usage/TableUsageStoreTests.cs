using Azure;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Usage;

[Collection(AzuriteGroup.Name)]
public sealed class TableUsageStoreTests(AzuriteFixture azurite)
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    private readonly TestStorage _storage = azurite.NewStorage();

    private static UsageRow Row { get; } = new()
    {
        KeyId = "5f0c9a1e77b2d3c4",
        KeyName = "team-a",
        Hour = new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero),
        Instance = "instance-1",
        Model = "openai/gpt-4o-mini",
        Sums = new UsageSums
        {
            [UsageMeasure.Requests] = 1,
            [UsageMeasure.CacheWriteLong] = 7,
            [UsageMeasure.Output] = 9_000_000_000_000,
            [UsageMeasure.Cost] = 12_000,
            Duration = LatencyHistogram.Parse("40:2 41:1")!,
        },
    };

    [Fact]
    public async Task Read_NothingWritten_IsEmpty() => Assert.Empty(await ReadAsync(new UsageQuery(Day, Day)));

    [Fact]
    public async Task Write_Row_ReadsBackAsItWas()
    {
        await WriteAsync(Row);

        Assert.Equal(Row, Assert.Single(await ReadAsync(new UsageQuery(Day, Day))));
        Assert.Equal(Row, Assert.Single(await ReadAsync(new UsageQuery(Day, Day, Row.KeyId))));
    }

    [Theory]
    [InlineData(1, 50, 0, 5)]
    [InlineData(1000, 1, 0.8, 1.2)]
    [InlineData(1000, 50, 40, 60)]
    public async Task Write_ByManyInstances_AsksForRarerWritings(
        int instances, int rows, double fewest, double most)
    {
        string day = $"{_storage.Clock.GetUtcNow():yyyy-MM-dd}";
        IEnumerable<TableEntity> others = Enumerable.Range(1, instances - 1).Select(number =>
            new TableEntity($"{day}|{number % 16:x}", $"other-{number}") { ["SeenAt"] = _storage.Clock.GetUtcNow() });
        foreach (var partition in others.GroupBy(row => row.PartitionKey))
        {
            TableClient table = _storage.Table("LightportInstances");
            await table.CreateIfNotExistsAsync();
            await table.SubmitTransactionAsync(
                partition.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)));
        }

        TimeSpan pause = await _storage.Usage.WriteAsync(
            [.. Enumerable.Range(0, rows).Select(row => Row with { Model = $"m-{row}" })], CancellationToken.None);

        Assert.InRange(pause.TotalSeconds, fewest, most);
    }

    [Fact]
    public async Task Write_SameRowAgain_ReplacesIt()
    {
        await WriteAsync(Row);
        UsageRow later = Row with { Sums = new UsageSums { [UsageMeasure.Requests] = 5 } };
        await WriteAsync(later);

        Assert.Equal(later, Assert.Single(await ReadAsync(new UsageQuery(Day, Day))));
    }

    [Fact]
    public async Task Write_SameRowTwiceInOneCall_KeepsTheLast()
    {
        UsageRow later = Row with { Sums = new UsageSums { [UsageMeasure.Requests] = 5 } };
        await WriteAsync(Row, later);

        Assert.Equal(later, Assert.Single(await ReadAsync(new UsageQuery(Day, Day))));
    }

    [Fact]
    public async Task Write_DifferInInstanceHourOrModel_AreRowsOfTheirOwn()
    {
        UsageRow[] rows =
        [
            Row,
            Row with { Instance = "instance-2" },
            Row with { Hour = Row.Hour.AddHours(1) },
            Row with { Model = "-" },
            Row with { Route = "fast" },
            Row with { Tag = "fast" },
            Row with { KeyTags = """{"team":"a"}""", PriceVersions = "table 2026-11-01" },
        ];

        await WriteAsync(rows);

        Assert.Equal(rows.ToHashSet(), await ReadAsync(new UsageQuery(Day, Day)));
    }

    [Fact]
    public async Task Write_ManyKeysDaysAndModels_KeepsThemAll()
    {
        UsageRow[] rows =
        [
            .. from key in Enumerable.Range(0, 20)
            from day in Enumerable.Range(0, 3)
            from model in Enumerable.Range(0, key == 0 ? 250 : 4)
            select Row with { KeyId = $"key-{key}", Hour = Row.Hour.AddDays(day), Model = $"openai/model-{model}" },
        ];

        await WriteAsync(rows);

        Assert.Equal(rows.ToHashSet(), await ReadAsync(new UsageQuery(Day, Day.AddDays(2))));
    }

    [Theory]
    [InlineData("5f0c9a1e77b2d3c4")]
    [InlineData(null)]
    public async Task Read_Days_TakesBothEndsAndNothingBeyond(string? key)
    {
        await WriteAsync([.. Enumerable.Range(-2, 5).Select(day => Row with { Hour = Row.Hour.AddDays(day) })]);

        HashSet<UsageRow> read = await ReadAsync(new UsageQuery(Day.AddDays(-1), Day.AddDays(1), key));

        Assert.Equal([20, 21, 22], read.Select(row => row.Hour.Day).Order());
    }

    [Fact]
    public async Task Read_AllKeys_ReadsTheDaysAskedForAndNoOthers()
    {
        UsageRow[] rows =
        [
            .. from key in (string[])["-", "0", "5f0c9a1e77b2d3c4", "5f0c9a1e77b2d3c5", "ff", "g", "a|b", "a~", "é", ""]
               from day in Enumerable.Range(-20, 40)
               select Row with { KeyId = key, Hour = Row.Hour.AddDays(day) },
        ];
        await WriteAsync(rows);
        int before = _storage.Wire.Requests;

        HashSet<UsageRow> read = await ReadAsync(new UsageQuery(Day, Day));

        Assert.Equal(rows.Where(row => row.Hour == Row.Hour).ToHashSet(), read);

        // Two a key, and one that finds no more for each of the 18 shares.
        Assert.Equal((2 * 10) + 18, _storage.Wire.Requests - before);
    }

    [Fact]
    public async Task Read_AllKeysAndStorageGoesAway_Fails()
    {
        await WriteAsync(Row);
        int before = _storage.Wire.Requests;
        _storage.Wire.Before = _ => Task.FromResult(
            _storage.Wire.Requests > before + 5 ? Wire.Error(503, "ServerBusy") : null);

        await Assertions.FailsAsync(StoreFailure.Unavailable, () => ReadAsync(new UsageQuery(Day, Day)));
    }

    [Fact]
    public async Task Read_AllKeysAndReaderLeaves_StopsReading()
    {
        await WriteAsync([.. Enumerable.Range(0, 300).Select(key => Row with { KeyId = $"{key:x16}" })]);
        int before = _storage.Wire.Requests;
        await foreach (UsageRow _ in _storage.Usage.ReadAsync(new UsageQuery(Day, Day), CancellationToken.None))
        {
            break;
        }

        Assert.InRange(_storage.Wire.Requests - before, 2, 200);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("-")]
    [InlineData("a|b/c")]
    [InlineData("' or PartitionKey ne '")]
    public async Task Read_OneKey_TakesNoOtherWhoseIdBeginsAlike(string key)
    {
        await WriteAsync(Row with { KeyId = key }, Row with { KeyId = key + "-2" }, Row with { KeyId = "a" });

        Assert.Equal(key, Assert.Single(await ReadAsync(new UsageQuery(Day, Day, key))).KeyId);
    }

    [Theory]
    [InlineData(@"/ \ # ? % | ~ ' "" & + < >")]
    [InlineData("模型 🚀\t\n")]
    [InlineData("")]
    public async Task Write_AwkwardNames_ReadBackAsTheyWere(string name)
    {
        UsageRow row = Row with { Model = name, Instance = name, KeyName = name };

        await WriteAsync(row);

        Assert.Equal(row, Assert.Single(await ReadAsync(new UsageQuery(Day, Day, Row.KeyId))));
    }

    [Fact]
    public async Task Write_EndlessModelNames_StayApart()
    {
        string name = new('/', 5000);

        await WriteAsync(Row with { Model = name + "1" }, Row with { Model = name + "2" });

        Assert.Equal(2, (await ReadAsync(new UsageQuery(Day, Day))).Count);
    }

    [Fact]
    public async Task Write_NameBeyondAColumn_IsCut()
    {
        await WriteAsync(Row with { Model = new string('x', 100_000) + "\uD83D" });

        Assert.Matches("^x{31000}$", Assert.Single(await ReadAsync(new UsageQuery(Day, Day))).Model);
    }

    [Fact]
    public async Task Write_TableWasDeleted_IsMadeAnew()
    {
        await WriteAsync(Row);
        await _storage.Table(TableUsageStore.Table).DeleteAsync();

        await WriteAsync(Row with { Model = "-" });

        Assert.Equal("-", Assert.Single(await ReadAsync(new UsageQuery(Day, Day))).Model);
    }

    [Fact]
    public async Task Write_StorageIsAway_FailsAndGoesInTheNextTime()
    {
        _storage.Wire.Fail(503, "ServerBusy");
        await Assertions.FailsAsync(StoreFailure.Unavailable, () => WriteAsync(Row));

        _storage.Wire.Before = _ => Task.FromResult<HttpResponseMessage?>(null);
        await WriteAsync(Row);

        Assert.Equal(Row, Assert.Single(await ReadAsync(new UsageQuery(Day, Day))));
    }

    [Theory]
    [InlineData("Hour", "then")]
    [InlineData("Input", "many")]
    [InlineData("Output", -1L)]
    [InlineData("Duration", "1:2 1:3")]
    [InlineData("Format", 3)]
    [InlineData("Model", 7)]
    public async Task Read_RowThatCannotBeRead_IsNamedAndLeftOut(string column, object value)
    {
        await WriteAsync(Row, Row with { Model = "-" });
        TableClient table = _storage.Table(TableUsageStore.Table);
        string partition = $"{Row.KeyId}|2026-11-21";
        await table.UpdateEntityAsync(
            new TableEntity(partition, "instance-1|08|openai~002Fgpt-4o-mini") { [column] = value },
            ETag.All,
            TableUpdateMode.Merge);

        Assert.Equal("-", Assert.Single(await ReadAsync(new UsageQuery(Day, Day))).Model);

        string line = Assert.Single(_storage.UsageLog.Lines);
        Assert.Contains(partition, line, StringComparison.Ordinal);
        Assert.Contains(column, line, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Write_RowOfEveryMeasure_ReadsBackAsItWas()
    {
        UsageRow row = Row with { Sums = new UsageSums() };
        foreach (UsageMeasure measure in UsageSums.Measures)
        {
            row.Sums[measure] = 1L << (2 * (int)measure);
        }

        row.Sums.FirstByte.Add(TimeSpan.FromMilliseconds(250));
        await WriteAsync(row);

        Assert.Equal(row, Assert.Single(await ReadAsync(new UsageQuery(Day, Day))));
    }

    [Fact]
    public async Task Read_RowOfAnOlderRelease_HasItsNumbers()
    {
        TableClient table = _storage.Table(TableUsageStore.Table);
        await table.CreateIfNotExistsAsync();
        await table.AddEntityAsync(new TableEntity($"{Row.KeyId}|2026-11-21", "i|08|openai~002Fx")
        {
            ["Hour"] = Row.Hour,
            ["Requests"] = 3L,
            ["Errors"] = 0L,
            ["CacheRead"] = 5L,
            ["Key"] = "team-a",
            ["Instance"] = "i",
            ["Model"] = "openai/x",
        });

        UsageRow row = Assert.Single(await ReadAsync(new UsageQuery(Day, Day)));

        Assert.Equal((3, 5), (row.Sums[UsageMeasure.Requests], row.Sums[UsageMeasure.CacheRead]));
    }

    [Fact]
    public async Task Write_OnceADay_WhatIsOlderThanIsKeptGoes()
    {
        UsageRow[] old =
        [
            .. from key in Enumerable.Range(0, 3)
               from day in Enumerable.Range(400, 3)
               select Row with { KeyId = $"key-{key}", Hour = Row.Hour.AddDays(-day) },
        ];
        var all = new UsageQuery(Day.AddDays(-500), Day);
        await WriteAsync([.. old, Row]);

        // Of each key the day that is just kept stays.
        Assert.Equal(3 + 1, (await ReadAsync(all)).Count);

        await WriteAsync(old);
        Assert.Equal(old.Length + 1, (await ReadAsync(all)).Count);
        _storage.Clock.Advance(TimeSpan.FromDays(1));
        await WriteAsync(Row);
        Assert.Equal(Row, Assert.Single(await ReadAsync(all)));
    }

    [Fact]
    public async Task Write_HourOfAnotherZone_IsKeptByItsDayInUtc()
    {
        await WriteAsync(Row with { Hour = new DateTimeOffset(2026, 11, 22, 1, 0, 0, TimeSpan.FromHours(2)) });

        Assert.Equal(23, Assert.Single(await ReadAsync(new UsageQuery(Day, Day, Row.KeyId))).Hour.UtcDateTime.Hour);
    }

    private Task<TimeSpan> WriteAsync(params UsageRow[] rows) =>
        _storage.Usage.WriteAsync(rows, CancellationToken.None).AsTask();

    private async Task<HashSet<UsageRow>> ReadAsync(UsageQuery query)
    {
        var rows = new HashSet<UsageRow>();
        await foreach (UsageRow row in _storage.Usage.ReadAsync(query, CancellationToken.None))
        {
            Assert.True(rows.Add(row));
        }

        return rows;
    }
}
