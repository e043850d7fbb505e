namespace Lightport.Storage.Files;

/// <summary>Answers, a file each.</summary>
/// <param name="folder">Made with the first answer.</param>
/// <param name="lifetime">How long an answer is kept.</param>
/// <param name="most">How many answers are kept at most, of all owners.</param>
internal sealed class FileResponseStore(
    string folder, TimeSpan lifetime, TimeProvider clock, int most = FileResponseStore.Most)
    : IResponseStore
{
    private const int Most = 10_000;

    private readonly ExpiringFiles<StoredResponse> _files =
        new(folder, StorageJsonContext.Default.StoredResponse, lifetime, clock, new FileBounds(most, most));

    public ValueTask WriteAsync(StoredResponse response, CancellationToken cancellationToken) =>
        _files.WriteAsync(response, cancellationToken);

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _files.FindAsync(owner, id, cancellationToken);

    public ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken) =>
        _files.RemoveAsync(owner, id, cancellationToken);
}
