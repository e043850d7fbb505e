using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lightport.Storage.Files;

/// <summary>
/// A file for each thing that is kept, in a folder an owner. What has expired is removed now and then, and of more than
/// can be kept the oldest go first, those of an owner who has many before those of others.
/// </summary>
/// <param name="folder">Made with the first file.</param>
/// <param name="lifetime">How long anything is kept.</param>
/// <param name="most">How many are kept at most, of all owners.</param>
/// <param name="mostOfOwner">How many of one.</param>
internal sealed class ExpiringFiles<T>(
    string folder, JsonTypeInfo<T> type, TimeSpan lifetime, TimeProvider clock, int most, int mostOfOwner)
    where T : class, IExpiring
{
    private const int LongestId = 128;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(10);

    private readonly Lock _sweeping = new();
    private DateTimeOffset _swept;

    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public async ValueTask WriteAsync(T kept, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(kept, type);
        await AtomicFile.WritePrivateAsync(PathOf(kept.Owner, kept.Id)!, json, cancellationToken)
            .ConfigureAwait(false);
        Sweep();
    }

    /// <returns>False where there is one, also where its time is over and it has not been removed yet.</returns>
    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public async ValueTask<bool> TryAddAsync(T kept, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(kept, type);
        bool isAdded = await AtomicFile.TryAddPrivateAsync(PathOf(kept.Owner, kept.Id)!, json, cancellationToken)
            .ConfigureAwait(false);
        Sweep();
        return isAdded;
    }

    /// <summary>Null where this owner has no such thing, or has it no longer.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public async ValueTask<T?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (PathOf(owner, id) is not { } path
            || await AtomicFile.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } json)
        {
            return null;
        }

        T? found;
        try
        {
            found = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException e)
        {
            throw new StoreException(StoreFailure.Damaged, $"{path} is not what the gateway writes. Remove it.", e);
        }

        return found?.Owner == owner && found.ExpiresAt > clock.GetUtcNow() ? found : null;
    }

    /// <returns>False where this owner has no such thing.</returns>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public async ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        File.Delete(PathOf(owner, id)!);
        return true;
    }

    /// <summary>Null for what can be no id: it comes from clients, and becomes a file's name.</summary>
    private string? PathOf(string owner, string id) =>
        id.Length is > 0 and <= LongestId && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-')
            ? Path.Combine(folder, TextMark.Of(owner), id + ".json")
            : null;

    private void Sweep()
    {
        DateTimeOffset now = clock.GetUtcNow();
        lock (_sweeping)
        {
            if (now - _swept < BetweenSweeps)
            {
                return;
            }

            _swept = now;
        }

        int kept = 0;
        var ofOwner = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.json", SearchOption.AllDirectories)
            .OrderByDescending(file => file.LastWriteTimeUtc))
        {
            int before = ofOwner.GetValueOrDefault(file.DirectoryName!);
            if (kept == most || before == mostOfOwner || file.LastWriteTimeUtc + lifetime <= now)
            {
                file.Delete();
                continue;
            }

            kept++;
            ofOwner[file.DirectoryName!] = before + 1;
        }
    }
}
