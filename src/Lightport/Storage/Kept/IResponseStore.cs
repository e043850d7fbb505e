namespace Lightport.Storage;

/// <summary>
/// Keeps answers for their owners, until they expire. Every member throws <see cref="StoreException"/> where the store
/// fails.
/// </summary>
public interface IResponseStore
{
    /// <summary>Keeps an answer; when this has ended, every instance finds it.</summary>
    ValueTask WriteAsync(StoredResponse response, CancellationToken cancellationToken);

    /// <summary>Null where this owner has no such answer, or has it no longer.</summary>
    ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken);

    /// <summary>False where this owner has no such answer.</summary>
    ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken);
}
