namespace Lightport.Storage.Files;

/// <summary>
/// What this process has found of targets, in a file: the process that takes its place does not learn it anew.
/// </summary>
/// <param name="path">Made with the first note; its folder is one process's.</param>
internal sealed class FileHealthStore(string path) : IHealthStore
{
    public async ValueTask<HealthNote?> ReadAsync(CancellationToken cancellationToken) =>
        await AtomicFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) is { } text
            ? new HealthNote(text, Tag: null)
            : null;

    public async ValueTask<bool> TryWriteAsync(string text, string? tag, CancellationToken cancellationToken)
    {
        await AtomicFile.WriteAsync(path, text, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
