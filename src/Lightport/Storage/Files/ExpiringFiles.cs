using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Lightport.Storage.Files;

/// <summary>
/// A file for each thing that is kept, in a folder an owner. What has expired is removed now and then, and of more than
/// can be kept the oldest go first, those of an owner who has many before those of others; or no more is taken.
/// </summary>
/// <param name="folder">Made with the first file.</param>
/// <param name="lifetime">How long anything is kept.</param>
/// <param name="bounds">How much is kept at most; exceeded by an eighth, before files are removed.</param>
internal sealed class ExpiringFiles<T>(
    string folder, JsonTypeInfo<T> type, TimeSpan lifetime, TimeProvider clock, FileBounds bounds)
    where T : class, IExpiring
{
    private const int LongestId = 128;

    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(10);

    /// <summary>So often at most are those looked for whose time is over, where one more has no room.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    private readonly Lock _sweeping = new();
    private readonly Dictionary<string, FileCounts> _ofOwner = new(StringComparer.Ordinal);
    private FileCounts _all;
    private DateTimeOffset _swept;

    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public async ValueTask WriteAsync(T kept, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(kept, type);
        string path = PathOf(kept.Owner, kept.Id)!;
        bool isNew = !File.Exists(path);
        await AtomicFile.WritePrivateAsync(path, json, cancellationToken).ConfigureAwait(false);
        Count(path, json, isNew);
    }

    /// <returns>False where there is one, also where its time is over and it has not been removed yet.</returns>
    /// <exception cref="StoreException">The folder cannot be written to, or has no room.</exception>
    public async ValueTask<bool> TryAddAsync(T kept, CancellationToken cancellationToken)
    {
        string json = JsonSerializer.Serialize(kept, type);
        string path = PathOf(kept.Owner, kept.Id)!;
        if (bounds.Refuses && !File.Exists(path) && !HasRoom(path))
        {
            throw new StoreException(StoreFailure.Full, $"{folder} has no room for more.");
        }

        bool isAdded = await AtomicFile.TryAddPrivateAsync(path, json, cancellationToken).ConfigureAwait(false);
        Count(path, json, isAdded);
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

    private bool HasRoom(string path)
    {
        string owner = Path.GetDirectoryName(path)!;
        lock (_sweeping)
        {
            DateTimeOffset now = clock.GetUtcNow();
            TimeSpan pause = AreMet() ? BetweenLooks : BetweenSweeps;
            if (now - _swept >= pause && Directory.Exists(folder))
            {
                Sweep_NeedsLock(now);
            }

            return !AreMet();
        }

        bool AreMet() => bounds.AreMet(_all, _ofOwner.GetValueOrDefault(owner));
    }

    private void Count(string path, string json, bool isNew)
    {
        string owner = Path.GetDirectoryName(path)!;
        lock (_sweeping)
        {
            if (isNew)
            {
                _all = _all.With(json.Length);
                _ofOwner[owner] = _ofOwner.GetValueOrDefault(owner).With(json.Length);
            }

            DateTimeOffset now = clock.GetUtcNow();
            if (now - _swept >= BetweenSweeps
                || (!bounds.Refuses && bounds.AreExceeded(_all, _ofOwner.GetValueOrDefault(owner))))
            {
                Sweep_NeedsLock(now);
            }
        }
    }

    private void Sweep_NeedsLock(DateTimeOffset now)
    {
        _swept = now;
        _all = default;
        _ofOwner.Clear();
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.json", SearchOption.AllDirectories)
            .OrderByDescending(file => file.LastWriteTimeUtc))
        {
            FileCounts ofOwner = _ofOwner.GetValueOrDefault(file.DirectoryName!);
            if (file.LastWriteTimeUtc + lifetime <= now || (!bounds.Refuses && bounds.AreMet(_all, ofOwner)))
            {
                file.Delete();
                continue;
            }

            _all = _all.With(file.Length);
            _ofOwner[file.DirectoryName!] = ofOwner.With(file.Length);
        }
    }
}
