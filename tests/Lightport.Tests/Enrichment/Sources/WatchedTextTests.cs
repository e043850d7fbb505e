using Lightport.Enrichment.Sources;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>Files as the system dates them, against a clock of the test's own.</summary>
public sealed class WatchedTextTests : IDisposable
{
    private static readonly DateTime Saved = DateTime.UnixEpoch.AddDays(1);

    private readonly DirectoryInfo _outer = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();
    private readonly string _root;

    public WatchedTextTests()
    {
        _root = Directory.CreateDirectory(Path.Combine(_outer.FullName, "root")).FullName;
        _clock.Advance(TimeSpan.FromDays(2));
    }

    [Fact]
    public void File_IsFollowed_OnceItHasSettled()
    {
        Save("a.md", "old", Saved);
        var text = new WatchedText(_root, "a.md", _clock);
        Assert.Equal("old", text.Read());

        Save("a.md", "half", _clock.GetUtcNow().UtcDateTime.AddSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("old", text.Read());

        Save("a.md", "new and whole", _clock.GetUtcNow().UtcDateTime.AddSeconds(1));
        Assert.Equal("old", text.Read());
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("old", text.Read());
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("new and whole", text.Read());
    }

    [Fact]
    public void Folder_IsItsTextsInTheOrderOfTheirNames()
    {
        Save("docs/b.md", "two", Saved);
        Save("docs/a.txt", "one", Saved);
        Save("docs/c/d.md", "three", Saved);
        Save("docs/picture.png", "\u0001", Saved);

        Assert.Equal(
            "# a.txt\n\none\n\n# b.md\n\ntwo\n\n# d.md\n\nthree\n\n", new WatchedText(_root, "docs", _clock).Read());
    }

    [Fact]
    public void Link_ThatStaysInside_IsFollowed_AndOneThatLeadsOut_IsNot()
    {
        Save("a.md", "inside", Saved);
        File.WriteAllText(Path.Combine(_outer.FullName, "secret.md"), "outside");
        File.CreateSymbolicLink(Path.Combine(_root, "in.md"), Path.Combine(_root, "a.md"));
        File.CreateSymbolicLink(Path.Combine(_root, "out.md"), "../secret.md");
        Directory.CreateSymbolicLink(Path.Combine(_root, "up"), _outer.FullName);

        Assert.Equal("inside", new WatchedText(_root, "in.md", _clock).Read());
        Assert.Equal("out.md leads out of the folder of context files", Problem("out.md"));
        Assert.Equal("up/secret.md leads out of the folder of context files", Problem("up/secret.md"));
        Assert.Equal("up leads out of the folder of context files", Problem("up"));
    }

    [Fact]
    public void Root_ThatIsALinkItself_IsNoWayOut()
    {
        Save("a.md", "inside", Saved);
        string link = Path.Combine(_outer.FullName, "link");
        Directory.CreateSymbolicLink(link, _root);

        Assert.Equal("inside", new WatchedText(link, "a.md", _clock).Read());
    }

    [Fact]
    public void File_ThatIsNoneToRead_SaysWhy()
    {
        Assert.Equal("none.md is not there", Problem("none.md"));
        File.WriteAllBytes(Path.Combine(_root, "bytes.md"), [0xFF, 0xFE, 0x41]);
        Assert.Equal("bytes.md is no UTF-8 text", Problem("bytes.md"));
        Save("zero.md", "a\0b", Saved);
        Assert.Equal("zero.md is no text", Problem("zero.md"));
        Save("large.md", new string('x', (1024 * 1024) + 1), Saved);
        Assert.Equal("large.md has more than 1 MiB", Problem("large.md"));
    }

    [Fact]
    public void File_ThatIsGone_IsAFailure_AndComesBack()
    {
        Save("a.md", "old", Saved);
        var text = new WatchedText(_root, "a.md", _clock);
        text.Read();
        File.Delete(Path.Combine(_root, "a.md"));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Throws<SourceException>(text.Read);

        Save("a.md", "again", Saved.AddSeconds(1));
        Assert.Equal("again", text.Read());
    }

    public void Dispose() => _outer.Delete(recursive: true);

    private string Problem(string path) =>
        Assert.Throws<SourceException>(new WatchedText(_root, path, _clock).Read).Message;

    private void Save(string path, string text, DateTime at)
    {
        string whole = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
        File.WriteAllText(whole, text);
        File.SetLastWriteTimeUtc(whole, at);
    }
}
