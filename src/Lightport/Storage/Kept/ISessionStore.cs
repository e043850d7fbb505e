namespace Lightport.Storage;

/// <summary>
/// Keeps what the gateway put into conversations, until it expires. Every member throws <see cref="StoreException"/>
/// where the store fails.
/// </summary>
public interface ISessionStore
{
    /// <summary>Keeps a session, in place of one of the same owner and id; when this has ended, every instance finds
    /// it.</summary>
    ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken);

    /// <summary>Keeps it, unless this owner has one of that id: of several that do this at once, on whatever instances,
    /// one is told true.</summary>
    /// <returns>False where there is one already, which stays as it is.</returns>
    ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken);

    /// <summary>One read; null where this owner has no such session, or has it no longer.</summary>
    ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken);
}
