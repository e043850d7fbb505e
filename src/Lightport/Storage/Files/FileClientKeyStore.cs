using System.Globalization;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>Client keys in one JSON file, which a person may read: it holds no key, only hashes.</summary>
/// <param name="path">The file; made with the first key.</param>
internal sealed class FileClientKeyStore(string path) : IClientKeyStore, IDisposable
{
    private readonly SemaphoreSlim _changing = new(1);
    private volatile Snapshot? _snapshot;

    public async ValueTask<ClientKeyRecord?> FindAsync(string hash, CancellationToken cancellationToken) =>
        (await LoadAsync(cancellationToken).ConfigureAwait(false)).ByHash.GetValueOrDefault(hash);

    public async ValueTask<ClientKeyRecord?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        (await LoadAsync(cancellationToken).ConfigureAwait(false)).InOrder.FirstOrDefault(key => key.Id == id);

    public async ValueTask<ClientKeyPage> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        ClientKeyRecord[] rest =
        [
            .. (await LoadAsync(cancellationToken).ConfigureAwait(false)).InOrder
                .Where(key => after is null || string.CompareOrdinal(key.Id, after) > 0)
                .Take(limit + 1),
        ];
        return rest.Length > limit ? new(rest[..limit], rest[limit - 1].Id) : new(rest, null);
    }

    public ValueTask AddAsync(ClientKeyRecord key, CancellationToken cancellationToken) => ChangeAsync(
        keys =>
        {
            if (keys.Exists(other => other.Id == key.Id))
            {
                throw new StoreException(StoreFailure.Conflict, "This key is there already.");
            }

            keys.Add(key with { ETag = NextETag(null) });
        },
        cancellationToken);

    public ValueTask UpdateAsync(ClientKeyRecord key, CancellationToken cancellationToken) => ChangeAsync(
        keys =>
        {
            int index = keys.FindIndex(other => other.Hash == key.Hash);
            if (index < 0 || keys[index].ETag != key.ETag)
            {
                throw new StoreException(
                    StoreFailure.Conflict, "This key was changed or removed in between. Look at it again.");
            }

            keys[index] = key with { ETag = NextETag(key.ETag) };
        },
        cancellationToken);

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        bool removed = false;
        await ChangeAsync(keys => removed = keys.RemoveAll(key => key.Id == id) > 0, cancellationToken)
            .ConfigureAwait(false);
        return removed;
    }

    public void Dispose() => _changing.Dispose();

    private static string NextETag(string? eTag) =>
        ((long.TryParse(eTag, CultureInfo.InvariantCulture, out long last) ? last : 0) + 1)
        .ToString(CultureInfo.InvariantCulture);

    private async ValueTask ChangeAsync(Action<List<ClientKeyRecord>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<ClientKeyRecord> keys = [.. (await LoadAsync(cancellationToken).ConfigureAwait(false)).InOrder];
            change(keys);
            keys.Sort((a, b) => string.CompareOrdinal(a.Hash, b.Hash));
            string json = JsonSerializer.Serialize(keys, StorageJsonContext.Default.IReadOnlyListClientKeyRecord);
            await AtomicFile.WriteAsync(path, json + "\n", cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Read again only where the file has changed, by this process, another one or a person.</summary>
    private async ValueTask<Snapshot> LoadAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        (DateTime, long) stamp = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        if (_snapshot is { } known && known.Stamp == stamp)
        {
            return known;
        }

        string? json = await AtomicFile.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return _snapshot = new Snapshot(stamp, json is null ? [] : Parse(json));
    }

    private IReadOnlyList<ClientKeyRecord> Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, StorageJsonContext.Default.IReadOnlyListClientKeyRecord) ?? [];
        }
        catch (JsonException e)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"{path} is not what the gateway writes (line {e.LineNumber + 1}). Mend it.", e);
        }
    }

    private sealed record Snapshot((DateTime, long) Stamp, IReadOnlyList<ClientKeyRecord> InOrder)
    {
        public Dictionary<string, ClientKeyRecord> ByHash { get; } = InOrder.ToDictionary(key => key.Hash);
    }
}
