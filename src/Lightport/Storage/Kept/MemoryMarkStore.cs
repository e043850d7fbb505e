namespace Lightport.Storage;

/// <summary>
/// Marks of one process that none others push out: each stays until its time is over, and where there is no room for
/// another, that one is refused.
/// </summary>
/// <param name="most">How many are kept, of all owners; of one a quarter of them.</param>
internal sealed class MemoryMarkStore(TimeProvider clock, int most = MemoryMarkStore.Most) : ISessionStore
{
    /// <summary>A mark takes some 400 bytes.</summary>
    public const int Most = 40_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Id), StoredSession> _marks = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Takes the place of one that is there.</summary>
    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Set(session);
        }

        return ValueTask.CompletedTask;
    }

    /// <exception cref="StoreException">There is no room for it (<see cref="StoreFailure.Full"/>).</exception>
    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_marks.TryGetValue((session.Owner, session.Id), out StoredSession? before)
                && before.ExpiresAt > clock.GetUtcNow())
            {
                return new(false);
            }

            if (before is null && IsFull(session.Owner))
            {
                RemoveExpired();
                if (IsFull(session.Owner))
                {
                    throw new StoreException(StoreFailure.Full, "There is no room for another mark.");
                }
            }

            Set(session);
        }

        return new(true);
    }

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(
                _marks.TryGetValue((owner, id), out StoredSession? found) && found.ExpiresAt > clock.GetUtcNow()
                    ? found
                    : null);
        }
    }

    private bool IsFull(string owner) =>
        _marks.Count >= most || _counts.GetValueOrDefault(owner) >= most / 4;

    private void Set(StoredSession mark)
    {
        if (!_marks.ContainsKey((mark.Owner, mark.Id)))
        {
            _counts[mark.Owner] = _counts.GetValueOrDefault(mark.Owner) + 1;
        }

        _marks[(mark.Owner, mark.Id)] = mark;
    }

    private void RemoveExpired()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (((string Owner, string Id) key, StoredSession mark) in _marks)
        {
            // A dictionary may be emptied while it is gone through.
            if (mark.ExpiresAt <= now)
            {
                _marks.Remove(key);
                if (--_counts[key.Owner] == 0)
                {
                    _counts.Remove(key.Owner);
                }
            }
        }
    }
}
