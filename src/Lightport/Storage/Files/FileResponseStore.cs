using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>
/// A file an answer, in a folder an owner. What has expired is removed now and then, and of more than can be kept the
/// oldest go first.
/// </summary>
/// <param name="folder">Made with the first answer.</param>
/// <param name="most">How many answers are kept at most, of all owners.</param>
internal sealed class FileResponseStore(string folder, TimeProvider clock, int most = FileResponseStore.Most)
    : IResponseStore
{
    private const int Most = 10_000;
    private const int LongestId = 128;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(10);

    private readonly Lock _sweeping = new();
    private DateTimeOffset _swept;

    public async ValueTask WriteAsync(StoredResponse response, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(response, StorageJsonContext.Default.StoredResponse);
        await AtomicFile.WriteAsync(PathOf(response.Owner, response.Id)!, json, cancellationToken)
            .ConfigureAwait(false);
        Sweep();
    }

    public async ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (PathOf(owner, id) is not { } path
            || await AtomicFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } json)
        {
            return null;
        }

        StoredResponse? found;
        try
        {
            found = JsonSerializer.Deserialize(json, StorageJsonContext.Default.StoredResponse);
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreFailure.Damaged, $"{path} is not what the gateway writes. Remove it.", e);
        }

        return found?.Owner == owner && found.ExpiresAt > clock.GetUtcNow() ? found : null;
    }

    public async ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        File.Delete(PathOf(owner, id)!);
        return true;
    }

    /// <summary>Null for what can be no answer's id: it comes from clients, and becomes a file's name.</summary>
    private string? PathOf(string owner, string id) =>
        id.Length is > 0 and <= LongestId && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            ? Path.Combine(folder, TextMark.Of(owner), id + ".json")
            : null;

    private void Sweep()
    {
        lock (_sweeping)
        {
            DateTimeOffset now = clock.GetUtcNow();
            if (now - _swept < BetweenSweeps)
            {
                return;
            }

            _swept = now;
        }

        FileInfo[] kept = [.. new DirectoryInfo(folder).EnumerateFiles("*.json", SearchOption.AllDirectories)];
        foreach (FileInfo old in kept.OrderByDescending(file => file.LastWriteTimeUtc).Skip(most))
        {
            old.Delete();
        }
    }
}
