using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Storage;

public sealed class FileResponseStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();
    private readonly FileResponseStore _store;

    public FileResponseStoreTests() =>
        _store = new FileResponseStore(_folder.FullName, TimeSpan.FromDays(30), _clock, most: 2);

    [Fact]
    public async Task Answer_IsFoundByItsOwnerAlone()
    {
        StoredResponse kept = Kept("a", "resp_1");
        await _store.WriteAsync(kept, None);

        Assert.Equal(kept, await _store.FindAsync("a", "resp_1", None));
        Assert.Null(await _store.FindAsync("b", "resp_1", None));
        Assert.False(await _store.RemoveAsync("b", "resp_1", None));
        Assert.True(await _store.RemoveAsync("a", "resp_1", None));
        Assert.Null(await _store.FindAsync("a", "resp_1", None));
    }

    [Fact]
    public async Task Answer_ThatHasExpired_DoesNotExist()
    {
        await _store.WriteAsync(Kept("a", "resp_1"), None);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await _store.FindAsync("a", "resp_1", None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../resp_1")]
    [InlineData("resp_1/../resp_2")]
    [InlineData("resp.1")]
    public async Task Id_ThatIsNone_IsNotFound(string id) => Assert.Null(await _store.FindAsync("a", id, None));

    [Fact]
    public async Task Answers_MoreThanCanBeKept_GoOldestFirst()
    {
        for (int i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(11));
            await _store.WriteAsync(Kept("a", $"resp_{i}"), None);
            string file = Directory.GetFiles(_folder.FullName, $"resp_{i}.json", SearchOption.AllDirectories)[0];
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(i));
        }

        Assert.Null(await _store.FindAsync("a", "resp_0", None));
        Assert.NotNull(await _store.FindAsync("a", "resp_3", None));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private StoredResponse Kept(string owner, string id) =>
        new(owner, id, "[]", "{}", _clock.GetUtcNow() + TimeSpan.FromHours(1));
}
