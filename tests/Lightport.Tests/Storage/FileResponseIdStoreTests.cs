using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Storage;

public sealed class FileResponseIdStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();

    private string Folder => Path.Combine(_folder.FullName, "ids");

    [Fact]
    public async Task Id_IsFoundByItsOwnerAlone_AlsoByTheNextProcess()
    {
        ResponseIdRecord record = Record("a", "resp_1");
        FileResponseIdStore store = Store();
        await store.AddAsync([record, Record("a", "../resp/2")], None);

        foreach (FileResponseIdStore asked in new[] { store, Store() })
        {
            Assert.Equal(record, await asked.FindAsync("a", "resp_1", None));
            Assert.NotNull(await asked.FindAsync("a", "../resp/2", None));
            Assert.Null(await asked.FindAsync("b", "resp_1", None));
            Assert.Null(await asked.FindAsync("a", "resp_", None));
        }
    }

    [Fact]
    public async Task Id_ThatHasExpired_IsNobodys()
    {
        FileResponseIdStore store = Store();
        await store.AddAsync([Record("a", "resp_1")], None);
        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Null(await store.FindAsync("a", "resp_1", None));
    }

    [Fact]
    public async Task Ids_MoreThanCanBeKept_GoOldestFirst_AndFilesWithThem()
    {
        FileResponseIdStore store = Store();
        for (int i = 0; i < 100; i++)
        {
            await store.AddAsync([Record("a", $"resp_{i}")], None);
        }

        Assert.Null(await store.FindAsync("a", "resp_0", None));
        Assert.NotNull(await store.FindAsync("a", "resp_99", None));
        Assert.NotNull(await store.FindAsync("a", "resp_80", None));
        Assert.Equal(10, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task Ids_ThatHaveExpired_LeaveNoFile()
    {
        FileResponseIdStore store = Store();
        await store.AddAsync([Record("a", "resp_1"), Record("a", "resp_2"), Record("a", "resp_3")], None);
        _clock.Advance(TimeSpan.FromHours(2));
        await store.AddAsync([Record("a", "resp_4")], None);

        Assert.Single(Directory.GetFiles(Folder));
    }

    /// <summary>The process may end within a line.</summary>
    [Fact]
    public async Task Line_ThatWasCutOff_TakesNoOtherWithIt()
    {
        await Store().AddAsync([Record("a", "resp_1")], None);
        string file = Assert.Single(Directory.GetFiles(Folder));
        await File.AppendAllTextAsync(file, """{"owner":"a","id":"resp_""");

        FileResponseIdStore store = Store();
        await store.AddAsync([Record("a", "resp_2")], None);
        FileResponseIdStore next = Store();

        Assert.NotNull(await next.FindAsync("a", "resp_1", None));
        Assert.NotNull(await next.FindAsync("a", "resp_2", None));
    }

    [Fact]
    public async Task Folder_ThatIsNone_IsAFailureOfTheStore()
    {
        await File.WriteAllTextAsync(Folder, "");

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await Store().AddAsync([Record("a", "resp_1")], None));
        Assert.Contains("LIGHTPORT_DATA", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private FileResponseIdStore Store() => new(Folder, _clock, inSegment: 3);

    private ResponseIdRecord Record(string owner, string id) =>
        new(owner, id, "openai", "gpt-5", _clock.GetUtcNow() + TimeSpan.FromHours(1));
}
