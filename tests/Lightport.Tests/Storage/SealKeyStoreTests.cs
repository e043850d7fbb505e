using Lightport.Storage;
using Lightport.Storage.Files;

namespace Lightport.Tests.Storage;

/// <summary>The key of sealed ids outlives the process that made it, and is never replaced in silence.</summary>
public sealed class SealKeyStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    private string KeyPath => Path.Combine(_folder.FullName, "data", "seal.key");

    [Fact]
    public async Task Key_IsTheSameForTheNextProcess_AndItsUsersAlone()
    {
        string made = await new FileSealKeyStore(KeyPath).GetAsync(None);

        Assert.Equal(made, await new FileSealKeyStore(KeyPath).GetAsync(None));
        Assert.Equal(64, made.Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
        }
    }

    [Fact]
    public async Task Processes_ThatStartAtOnce_AgreeOnOne()
    {
        string[] keys = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            _ => Task.Run(() => new FileSealKeyStore(KeyPath).GetAsync(None).AsTask())));

        Assert.Single(keys.Distinct());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0123")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task Key_ThatIsDamaged_IsRefusedAtTheStart_AndStaysAsItIs(string damaged)
    {
        var store = new FileSealKeyStore(KeyPath);
        await store.GetAsync(None);
        await File.WriteAllTextAsync(KeyPath, damaged, None);

        IOException refused = Assert.Throws<IOException>(() => new FileSealKeyStore(KeyPath));
        StoreException later = await Assert.ThrowsAsync<StoreException>(() => store.GetAsync(None).AsTask());

        Assert.Contains(KeyPath, refused.Message, StringComparison.Ordinal);
        Assert.Equal(StoreFailure.Damaged, later.Failure);
        Assert.Equal(damaged, await File.ReadAllTextAsync(KeyPath, None));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
