using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Storage;

/// <summary>What the stores of limits do alike, in memory and in files.</summary>
public sealed class LimitStoreTests : IDisposable
{
    private static readonly LimitPlace Place = new("free|key:1/ä", "202611301200", null);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();

    public static TheoryData<string> Kinds => ["memory", "files"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Row_IsReplacedByWhoKnowsItsMark_AndByNobodyElse(string kind)
    {
        ILimitStore store = Open(kind);
        var lease = new LimitLease("1f2e", 3, DateTimeOffset.UnixEpoch.AddSeconds(60));

        LimitRow none = Assert.Single((await store.ReadAsync(Place, 0, default)).Rows);
        Assert.True(await store.WriteAsync(Place, none with { Taken = 5, Leases = [lease], Writer = "1f2e:1" }, default));
        Assert.False(await store.WriteAsync(Place, none with { Taken = 9 }, default));
        LimitRow first = Assert.Single((await store.ReadAsync(Place, 0, default)).Rows);
        Assert.True(await store.WriteAsync(Place, first with { Taken = 6, Writer = null }, default));
        Assert.False(await store.WriteAsync(Place, first with { Taken = 7 }, default));
        Assert.True(await store.WriteAsync(Place, new LimitRow(LimitRow.MostRows - 1) { Taken = -4 }, default));
        LimitReading all = await store.ReadAllAsync(Place, default);

        Assert.Equal((0L, null), (none.Taken, none.Mark));
        Assert.Equal((5L, lease, "1f2e:1"), (first.Taken, Assert.Single(first.Leases), first.Writer));
        Assert.Equal([(0, 6L), (LimitRow.MostRows - 1, -4L)], all.Rows.Select(row => (row.Number, row.Taken)).Order());
        Assert.Equal((_clock.GetUtcNow(), TimeSpan.Zero), (all.At, all.Precision));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Windows_AndCounters_AreApart(string kind)
    {
        ILimitStore store = Open(kind);
        await store.WriteAsync(Place, new LimitRow(0) { Taken = 5 }, default);

        Assert.Empty((await store.ReadAllAsync(Place with { Window = "202611301201" }, default)).Rows);
        Assert.Empty((await store.ReadAllAsync(Place with { Counter = "other" }, default)).Rows);
    }

    [Fact]
    public async Task Files_KeepFewWindows_AndTheOneThatIsWrittenAlways()
    {
        ILimitStore store = Open("files");
        for (int minute = 30; minute > 20; minute--)
        {
            LimitPlace place = Place with { Window = $"2026113012{minute}" };
            await store.WriteAsync(place, new LimitRow(0) { Taken = 1 }, default);
        }

        Assert.Single((await store.ReadAllAsync(Place with { Window = "202611301221" }, default)).Rows);
        Assert.Single((await store.ReadAllAsync(Place with { Window = "202611301230" }, default)).Rows);
        Assert.Empty((await store.ReadAllAsync(Place with { Window = "202611301225" }, default)).Rows);
    }

    [Fact]
    public async Task Files_OfTwoProcesses_NeverLoseAWrite()
    {
        ILimitStore[] stores = [OpenFiles(TimeProvider.System), OpenFiles(TimeProvider.System)];

        int[] written = await Task.WhenAll(stores.Select(store => Task.Run(() => AddAsync(store, 40))));

        Assert.Equal(80, written.Sum());
        Assert.Equal(80, Assert.Single((await stores[0].ReadAsync(Place, 0, default)).Rows).Taken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"counter":"x","rows":[{"window":"1"}]}""")]
    [InlineData("""{"counter":"x","rows":[null]}""")]
    [InlineData("""{"counter":"x","rows":[{"window":"1","row":{"number":0,"taken":"much"}}]}""")]
    public async Task Files_ThatSomebodyEdited_SayWhichToMend(string text)
    {
        ILimitStore store = Open("files");
        await store.WriteAsync(Place, new LimitRow(0) { Taken = 5 }, default);
        string file = Assert.Single(_folder.GetFiles("*.json")).FullName;
        await File.WriteAllTextAsync(file, text);

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            () => store.ReadAsync(Place, 0, default).AsTask());

        Assert.Equal(StoreFailure.Damaged, e.Failure);
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Memory_ForgetsWindowsThatAreOver()
    {
        ILimitStore store = Open("memory");
        for (int i = 0; i < 5000; i++)
        {
            var place = new LimitPlace($"key:{i}", "1", _clock.GetUtcNow().AddMinutes(1));
            await store.WriteAsync(place, new LimitRow(0) { Taken = 1 }, default);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty((await store.ReadAllAsync(new LimitPlace("key:0", "1", null), default)).Rows);
        Assert.Single((await store.ReadAllAsync(new LimitPlace("key:4999", "1", null), default)).Rows);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<int> AddAsync(ILimitStore store, int times)
    {
        int written = 0;
        while (written < times)
        {
            LimitRow row = (await store.ReadAsync(Place, 0, default)).Rows[0];
            written += await store.WriteAsync(Place, row with { Taken = row.Taken + 1 }, default) ? 1 : 0;
        }

        return written;
    }

    private ILimitStore Open(string kind) =>
        kind == "memory" ? new MemoryLimitStore(_clock) : OpenFiles(_clock);

    private FileLimitStore OpenFiles(TimeProvider clock) => new(_folder.FullName, clock, () => 0.1);
}
