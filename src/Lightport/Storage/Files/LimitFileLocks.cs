namespace Lightport.Storage.Files;

/// <summary>
/// Lets one process at a time change a file of limits. The system lets go of a lock when its process ends, however it
/// ends.
/// </summary>
internal sealed class LimitFileLocks(string folder, TimeProvider clock, Func<double> chance)
{
    private const string Locks = ".locks";

    /// <summary>Files whose names begin alike share a lock, so that there are not twice as many files.</summary>
    private const int NameLength = 2;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(20);

    /// <returns>Held until it is disposed.</returns>
    /// <exception cref="StoreException">The folder cannot be written to, or others held it for too long.</exception>
    public async ValueTask<FileStream> TakeAsync(string path, CancellationToken cancellationToken)
    {
        string name = Path.Combine(folder, Locks, Path.GetFileName(path)[..NameLength]);
        long start = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(name) is { } held)
            {
                return held;
            }

            if (clock.GetElapsedTime(start) > LongestWait)
            {
                throw new StoreException(
                    StoreFailure.Unavailable,
                    $"Other processes hold {name} all the time. It will be asked again shortly.");
            }

            await Task.Delay(LongestPause * chance(), clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private FileStream? TryTake(string name)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, Locks));
            return new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(name))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreFailure.ReadOnly,
                $"{folder} cannot be written. Give the gateway a folder that it may write to (LIGHTPORT_LIMITS).",
                e);
        }
    }
}
