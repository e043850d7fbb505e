namespace Lightport.Storage.Files;

/// <summary>Sessions, a file each; a conversation leaves one for each of its turns.</summary>
/// <param name="folder">Made with the first session.</param>
/// <param name="lifetime">How long a session is kept.</param>
/// <param name="bounds">How much is kept at most; null for what sessions may take.</param>
internal sealed class FileSessionStore(
    string folder, TimeSpan lifetime, TimeProvider clock, FileBounds? bounds = null)
    : ISessionStore
{
    private const int Most = 10_000;

    /// <summary>What the longest thousand sessions have.</summary>
    private const long MostBytes = 1024 * 1024 * 1024;

    private readonly ExpiringFiles<StoredSession> _files =
        new(folder, StorageJsonContext.Default.StoredSession, lifetime, clock, bounds ?? Usual(MostBytes));

    /// <summary>As many files as of sessions, and a quarter of all for one owner.</summary>
    /// <param name="bytes">Of all together.</param>
    public static FileBounds Usual(long bytes) =>
        new(Most, Most / 4) { MostBytes = bytes, MostBytesOfOwner = bytes / 4 };

    /// <summary>Another one in a folder of that name beside this one's, whose bounds are its own.</summary>
    public FileSessionStore Beside(string name, FileBounds own) =>
        new(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, name), lifetime, clock, own);

    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) =>
        _files.WriteAsync(session, cancellationToken);

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) =>
        _files.TryAddAsync(session, cancellationToken);

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _files.FindAsync(owner, id, cancellationToken);
}
