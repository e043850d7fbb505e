using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Limits;

/// <summary>Rows of limits in Table Storage: conditional, timed by the service, and mendable by hand.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class TableLimitStoreTests(AzuriteFixture azurite)
{
    private static readonly LimitPlace Place = new(
        "Requests|Minute|free/tier|key:1ä", "202611301200", new DateTimeOffset(2026, 11, 30, 12, 1, 0, TimeSpan.Zero));

    private readonly TestStorage _storage = azurite.NewStorage();

    private TableLimitStore Store => _storage.Limits;

    [Fact]
    public async Task Row_IsReplacedByWhoKnowsItsMark_AndByNobodyElse()
    {
        var lease = new LimitLease("1f2e", 3, DateTimeOffset.UnixEpoch.AddSeconds(60));
        LimitRow none = Assert.Single((await Store.ReadAsync(Place, 0, default)).Rows);

        Assert.True(await Store.WriteAsync(Place, none with { Taken = 5, Leases = [lease], Writer = "1f2e:1" }, default));
        Assert.False(await Store.WriteAsync(Place, none with { Taken = 9 }, default));
        LimitRow first = Assert.Single((await Store.ReadAsync(Place, 0, default)).Rows);
        Assert.True(await Store.WriteAsync(Place, first with { Taken = 6, Writer = null }, default));
        Assert.False(await Store.WriteAsync(Place, first with { Taken = 7 }, default));
        Assert.True(await Store.WriteAsync(Place, new LimitRow(31) { Taken = -4 }, default));
        await Store.WriteAsync(Place with { Window = "202611301201" }, new LimitRow(0) { Taken = 1 }, default);

        Assert.Equal((0L, null), (none.Taken, none.Mark));
        Assert.Equal((5L, lease, "1f2e:1"), (first.Taken, Assert.Single(first.Leases), first.Writer));
        Assert.Equal(
            [(0, 6L), (31, -4L)],
            (await Store.ReadAllAsync(Place, default)).Rows.Select(row => (row.Number, row.Taken)));
    }

    [Fact]
    public async Task Reading_TellsTheServicesOwnTime()
    {
        LimitReading none = await Store.ReadAsync(Place, 0, default);
        LimitReading all = await Store.ReadAllAsync(Place, default);

        // The stores' clock stands still in the tests; the emulator's runs with the machine's.
        Assert.All([none.At, all.At], at => Assert.InRange(
            TimeProvider.System.GetUtcNow() - at, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(1), none.Precision);
    }

    [Fact]
    public async Task Leases_OfAThousandInstances_FitARow()
    {
        LimitLease[] leases =
        [
            .. Enumerable.Range(0, 1000).Select(number => new LimitLease(
                number.ToString("x12"), 1_000_000 + number, DateTimeOffset.UnixEpoch.AddDays(20_000))),
        ];
        await Store.WriteAsync(Place, new LimitRow(0) { Leases = leases }, default);

        Assert.Equal(leases, (await Store.ReadAsync(Place, 0, default)).Rows[0].Leases);
    }

    [Theory]
    [InlineData("Taken", "much")]
    [InlineData("Taken", null)]
    [InlineData("Leases", "1f2e")]
    [InlineData("Leases", "1f2e -1 5")]
    [InlineData("Leases", "1f2e 1 99999999999999999")]
    public async Task Row_ThatSomebodyEdited_SaysWhichToMend(string column, string? value)
    {
        await Store.WriteAsync(Place, new LimitRow(0) { Taken = 5 }, default);
        TableClient table = _storage.Table(TableLimitStore.Table);
        TableEntity row = await table.QueryAsync<TableEntity>().FirstAsync();
        row.Remove(column);
        if (value is not null)
        {
            row[column] = value;
        }

        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        StoreException e = await Assertions.FailsAsync(
            StoreFailure.Damaged, () => Store.ReadAsync(Place, 0, default).AsTask());
        Assert.Contains(row.PartitionKey, e.Message, StringComparison.Ordinal);
        Assert.Contains(column, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Number_ThatSomebodyWroteAsText_IsTakenForWhatItSays()
    {
        await Store.WriteAsync(Place, new LimitRow(0) { Taken = 5 }, default);
        TableClient table = _storage.Table(TableLimitStore.Table);
        TableEntity row = await table.QueryAsync<TableEntity>().FirstAsync();
        row["Taken"] = "700";
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        Assert.Equal(700, (await Store.ReadAsync(Place, 0, default)).Rows[0].Taken);
    }

    [Fact]
    public async Task Table_ThatIsGone_IsMadeAnew()
    {
        await Store.WriteAsync(Place, new LimitRow(0) { Taken = 5 }, default);
        LimitRow row = (await Store.ReadAsync(Place, 0, default)).Rows[0];
        await _storage.Table(TableLimitStore.Table).DeleteAsync();

        Assert.False(await Store.WriteAsync(Place, row with { Taken = 6 }, default));
        Assert.Null((await Store.ReadAsync(Place, 0, default)).Rows[0].Mark);
        Assert.True(await Store.WriteAsync(Place, new LimitRow(0) { Taken = 1 }, default));
    }

    [Fact]
    public async Task Write_WhoseAnswerIsLost_IsKnownForItsOwn()
    {
        bool isFirst = true;
        _storage.Wire.After = request =>
        {
            if (request.Method == HttpMethod.Post && isFirst && request.RequestUri!.AbsolutePath.EndsWith(
                TableLimitStore.Table, StringComparison.Ordinal))
            {
                isFirst = false;
                throw new HttpRequestException("Lost.");
            }
        };

        Assert.True(await Store.WriteAsync(Place, new LimitRow(0) { Taken = 5 }, default));
        Assert.Equal(5, (await Store.ReadAsync(Place, 0, default)).Rows[0].Taken);
    }

    [Fact]
    public async Task Windows_ThatAreOver_AreRemoved()
    {
        foreach ((string window, int hours) in ((string, int)[])[("202611210500", -2), ("202611210759", 0)])
        {
            DateTimeOffset end = _storage.Clock.GetUtcNow().AddHours(hours);
            await Store.WriteAsync(Place with { Window = window, EndsAt = end }, new LimitRow(0), default);
        }

        await Store.WriteAsync(
            Place with { Window = "202611210810", EndsAt = _storage.Clock.GetUtcNow() }, new LimitRow(0), default);

        Assert.Equal(
            ["202611210759|00", "202611210810|00"],
            await _storage.Table(TableLimitStore.Table).QueryAsync<TableEntity>().Select(row => row.RowKey)
                .ToListAsync());
    }
}
