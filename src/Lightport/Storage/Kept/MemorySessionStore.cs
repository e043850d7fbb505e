namespace Lightport.Storage;

/// <summary>
/// Sessions of one process, for as long as it runs. Of more than fit the oldest go first, those of an owner who has
/// many before those of others.
/// </summary>
/// <param name="most">How many characters are kept, of all owners; of one a quarter of them.</param>
internal sealed class MemorySessionStore(TimeProvider clock, long most = MemorySessionStore.Most) : ISessionStore
{
    private const long Most = 32 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Owner, string Id), LinkedListNode<StoredSession>> _sessions = [];
    private readonly Dictionary<string, Kept> _owners = new(StringComparer.Ordinal);
    private long _size;

    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue((session.Owner, session.Id), out LinkedListNode<StoredSession>? before))
            {
                Remove(before);
            }

            AddBounded(session);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_sessions.TryGetValue((session.Owner, session.Id), out LinkedListNode<StoredSession>? before))
            {
                if (before.Value.ExpiresAt > clock.GetUtcNow())
                {
                    return new(false);
                }

                Remove(before);
            }

            AddBounded(session);
        }

        return new(true);
    }

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return new(
                _sessions.TryGetValue((owner, id), out LinkedListNode<StoredSession>? found)
                && found.Value.ExpiresAt > clock.GetUtcNow()
                    ? found.Value
                    : null);
        }
    }

    private static long SizeOf(StoredSession session) => session.Content.Length + session.Id.Length;

    private void AddBounded(StoredSession session)
    {
        Add(session);
        while (_owners.TryGetValue(session.Owner, out Kept? own) && own.Size > most / 4)
        {
            Remove(own.Sessions.First!);
        }

        while (_size > most)
        {
            Remove(Oldest());
        }
    }

    private void Add(StoredSession session)
    {
        if (!_owners.TryGetValue(session.Owner, out Kept? kept))
        {
            _owners.Add(session.Owner, kept = new Kept());
        }

        _sessions.Add((session.Owner, session.Id), kept.Sessions.AddLast(session));
        kept.Size += SizeOf(session);
        _size += SizeOf(session);
    }

    private void Remove(LinkedListNode<StoredSession> node)
    {
        StoredSession session = node.Value;
        Kept kept = _owners[session.Owner];
        kept.Sessions.Remove(node);
        kept.Size -= SizeOf(session);
        _size -= SizeOf(session);
        _sessions.Remove((session.Owner, session.Id));
        if (kept.Sessions.Count == 0)
        {
            _owners.Remove(session.Owner);
        }
    }

    private LinkedListNode<StoredSession> Oldest() =>
        _owners.Values.Select(kept => kept.Sessions.First!).MinBy(node => node.Value.ExpiresAt)!;

    /// <summary>An owner's sessions, the oldest first.</summary>
    private sealed class Kept
    {
        public LinkedList<StoredSession> Sessions { get; } = [];

        public long Size { get; set; }
    }
}
