using System.Text;
using Lightport.Audit;

namespace Lightport.Tests.Audit;

public sealed class FileAuditSinkTests : IDisposable
{
    private static readonly string Hash = new('a', 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    [Fact]
    public void SecondWriter_IsRefused()
    {
        using var first = new FileAuditSink(_folder.FullName);

        var refused = Assert.Throws<IOException>(() => new FileAuditSink(_folder.FullName));
        Assert.Equal(
            $"Another process writes to {_folder.FullName}; give each its own audit.folder.", refused.Message);
    }

    [Fact]
    public async Task Files_AreCutAtTheirSizeAndGoOnInOrder()
    {
        using (var sink = new FileAuditSink(_folder.FullName, mostBytes: 25))
        {
            foreach (string line in (string[])["first line\n", "second line\n", "third line\n"])
            {
                await sink.WriteAsync(Encoding.UTF8.GetBytes(line), Hash, CancellationToken.None);
            }
        }

        Assert.Equal(
            ["first line\nsecond line\n", "third line\n"],
            FileAuditSink.Files(_folder.FullName).Select(File.ReadAllText));
    }

    [Fact]
    public async Task CutLine_OfAKilledProcess_StaysAsALineOfItsOwn()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "audit-00000001.jsonl"), "{\"chain\":\"a");
        using (var sink = new FileAuditSink(_folder.FullName))
        {
            Assert.Null(sink.LastHash);
            await sink.WriteAsync("next\n"u8.ToArray(), Hash, CancellationToken.None);
        }

        Assert.Equal("{\"chain\":\"a\nnext\n", File.ReadAllText(FileAuditSink.Files(_folder.FullName).Single()));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
