using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Storage;

public sealed class SessionStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_IsItsOwnersAlone_UntilItExpires(bool inFiles)
    {
        ISessionStore store = inFiles
            ? new FileSessionStore(_folder.FullName, TimeSpan.FromHours(1), _clock)
            : new MemorySessionStore(_clock);
        await store.WriteAsync(Kept("a", "1", "old"), None);
        await store.WriteAsync(Kept("a", "1", "new"), None);

        Assert.Equal("new", (await store.FindAsync("a", "1", None))?.Content);
        Assert.Null(await store.FindAsync("b", "1", None));
        Assert.Null(await store.FindAsync("a", "2", None));

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await store.FindAsync("a", "1", None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Added_AtOnce_IsOnesAlone(bool inFiles)
    {
        ISessionStore store = inFiles
            ? new FileSessionStore(_folder.FullName, TimeSpan.FromHours(1), _clock)
            : new MemorySessionStore(_clock);

        bool[] added = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => Task.Run(() => store.TryAddAsync(Kept("a", "1", $"{number}"), None).AsTask())));

        int first = Array.IndexOf(added, true);
        Assert.Single(added, true);
        Assert.Equal($"{first}", (await store.FindAsync("a", "1", None))?.Content);
        Assert.True(await store.TryAddAsync(Kept("b", "1", "other"), None));
        await store.WriteAsync(Kept("a", "1", "new"), None);
        Assert.Equal("new", (await store.FindAsync("a", "1", None))?.Content);
    }

    [Fact]
    public async Task Memory_OfOneOwner_PushesOutNobodyElses()
    {
        var store = new MemorySessionStore(_clock, most: 4000);
        await store.WriteAsync(Kept("quiet", "1", new string('x', 100)), None);
        for (int i = 0; i < 100; i++)
        {
            await store.WriteAsync(Kept("loud", $"{i}", new string('x', 100)), None);
        }

        Assert.NotNull(await store.FindAsync("quiet", "1", None));
        Assert.Null(await store.FindAsync("loud", "0", None));
        Assert.NotNull(await store.FindAsync("loud", "99", None));
    }

    [Fact]
    public async Task Memory_OfAllOwners_IsBounded_TheOldestGoFirst()
    {
        var store = new MemorySessionStore(_clock, most: 4000);
        for (int i = 0; i < 10; i++)
        {
            await store.WriteAsync(Kept($"o{i}", "1", new string('x', 900)), None);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(await store.FindAsync("o5", "1", None));
        Assert.NotNull(await store.FindAsync("o6", "1", None));
    }

    [Fact]
    public async Task Files_WhoseTimeIsOver_AreRemoved_AndThoseOfWhoHasManyFirst()
    {
        var store = new FileSessionStore(_folder.FullName, TimeSpan.FromHours(1), _clock, new FileBounds(8, 2));
        foreach (string id in (string[])["over", "1", "2", "3"])
        {
            await store.WriteAsync(Kept("a", id, "{}"), None);
            string file = Directory.GetFiles(_folder.FullName, $"{id}.json", SearchOption.AllDirectories)[0];
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddMinutes(id == "over" ? -60 : 1));
        }

        _clock.Advance(TimeSpan.FromMinutes(11));
        await store.WriteAsync(Kept("b", "1", "{}"), None);

        Assert.Equal(3, Directory.GetFiles(_folder.FullName, "*.json", SearchOption.AllDirectories).Length);
        Assert.Null(await store.FindAsync("a", "over", None));
        Assert.NotNull(await store.FindAsync("b", "1", None));
    }

    /// <summary>Whoever writes fast is held as soon as whoever writes slowly.</summary>
    [Fact]
    public async Task Files_OfWhomeverHasMany_AreBoundedAtOnce()
    {
        var store = new FileSessionStore(
            _folder.FullName,
            TimeSpan.FromHours(1),
            _clock,
            new FileBounds(1000, 1000) { MostBytesOfOwner = 16_000 });
        for (int i = 0; i < 40; i++)
        {
            await store.WriteAsync(Kept("a", $"s{i}", new string('x', 1000)), None);
        }

        Assert.InRange(_folder.EnumerateFiles("*.json", SearchOption.AllDirectories).Sum(file => file.Length), 1, 20_000);
        Assert.NotNull(await store.FindAsync("a", "s39", None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Marks_ForWhichThereIsNoRoom_AreRefused_AndPushNoneOut(bool inFiles)
    {
        ISessionStore store = inFiles
            ? new FileSessionStore(
                _folder.FullName, TimeSpan.FromHours(1), _clock, new FileBounds(8, 2) { Refuses = true })
            : new MemoryMarkStore(_clock, most: 8);
        Assert.True(await store.TryAddAsync(Kept("a", "1", "{}"), None));
        Assert.True(await store.TryAddAsync(Kept("a", "2", "{}"), None));
        _clock.Advance(TimeSpan.FromMinutes(11));

        StoreException full = await Assert.ThrowsAsync<StoreException>(
            async () => await store.TryAddAsync(Kept("a", "3", "{}"), None));

        Assert.Equal(StoreFailure.Full, full.Failure);
        Assert.False(await store.TryAddAsync(Kept("a", "1", "{}"), None));
        Assert.NotNull(await store.FindAsync("a", "2", None));
        Assert.True(await store.TryAddAsync(Kept("b", "1", "{}"), None));
    }

    [Fact]
    public async Task Marks_WhoseTimeIsOver_MakeRoom()
    {
        var store = new MemoryMarkStore(_clock, most: 4);
        await store.TryAddAsync(Kept("a", "1", "{}"), None);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.True(await store.TryAddAsync(Kept("a", "2", "{}"), None));
        Assert.Null(await store.FindAsync("a", "1", None));
    }

    [Fact]
    public async Task Files_AreTheGatewaysOwn()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = new FileSessionStore(_folder.FullName, TimeSpan.FromHours(1), _clock);
        await store.WriteAsync(Kept("a", "1", "{}"), None);

        string file = Directory.GetFiles(_folder.FullName, "1.json", SearchOption.AllDirectories)[0];
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData("../1")]
    [InlineData("")]
    public async Task Id_ThatIsNone_IsNotFound(string id) => Assert.Null(
        await new FileSessionStore(_folder.FullName, TimeSpan.FromHours(1), _clock).FindAsync("a", id, None));

    public void Dispose() => _folder.Delete(recursive: true);

    private StoredSession Kept(string owner, string id, string content) =>
        new(owner, id, content, _clock.GetUtcNow() + TimeSpan.FromHours(1));
}
