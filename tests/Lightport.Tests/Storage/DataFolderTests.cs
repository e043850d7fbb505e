using Lightport.Storage.Files;

namespace Lightport.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    [Fact]
    public void Folder_ThatAnotherHas_IsRefusedUntilItIsLetGo()
    {
        string path = Path.Combine(_folder.FullName, "data");
        var first = new DataFolder(path);

        IOException refused = Assert.Throws<IOException>(() => new DataFolder(path));
        first.Dispose();
        using var second = new DataFolder(path);

        Assert.Contains("LIGHTPORT_DATA", refused.Message, StringComparison.Ordinal);
        Assert.Equal(path, second.Root);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
