namespace Lightport.Storage.Files;

/// <summary>Sessions, a file each; a conversation leaves one for each of its turns.</summary>
/// <param name="folder">Made with the first session.</param>
/// <param name="lifetime">How long a session is kept.</param>
/// <param name="most">How many are kept at most, of all owners; of one a quarter of them.</param>
internal sealed class FileSessionStore(
    string folder, TimeSpan lifetime, TimeProvider clock, int most = FileSessionStore.Most)
    : ISessionStore
{
    private const int Most = 10_000;

    private readonly ExpiringFiles<StoredSession> _files =
        new(folder, StorageJsonContext.Default.StoredSession, lifetime, clock, most, most / 4);

    /// <summary>Another one in a folder of that name beside this one's, whose bounds are its own.</summary>
    public FileSessionStore Beside(string name) =>
        new(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder))!, name), lifetime, clock, most);

    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) =>
        _files.WriteAsync(session, cancellationToken);

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) =>
        _files.TryAddAsync(session, cancellationToken);

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _files.FindAsync(owner, id, cancellationToken);
}
