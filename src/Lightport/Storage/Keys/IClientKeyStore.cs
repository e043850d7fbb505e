namespace Lightport.Storage;

/// <summary>
/// Keeps client keys that are managed while the gateway runs. Every member asks the store itself, and throws
/// <see cref="StoreException"/> where it fails.
/// </summary>
public interface IClientKeyStore
{
    /// <param name="hash">As <see cref="ClientKeyRecord.Hash"/>.</param>
    ValueTask<ClientKeyRecord?> FindAsync(string hash, CancellationToken cancellationToken);

    /// <param name="id">As <see cref="ClientKeyRecord.Id"/>.</param>
    ValueTask<ClientKeyRecord?> FindByIdAsync(string id, CancellationToken cancellationToken);

    /// <param name="limit">At most so many keys.</param>
    /// <param name="after"><see cref="ClientKeyPage.Next"/> of the page before; null for the first.</param>
    ValueTask<ClientKeyPage> ListAsync(int limit, string? after, CancellationToken cancellationToken);

    /// <exception cref="StoreException">Or a conflict: the key, or one of its id, is there already.</exception>
    ValueTask AddAsync(ClientKeyRecord key, CancellationToken cancellationToken);

    /// <param name="key">As it shall be, with the <see cref="ClientKeyRecord.ETag"/> that it was read with.</param>
    /// <exception cref="StoreException">Or a conflict: it was changed or removed since it was read.</exception>
    ValueTask UpdateAsync(ClientKeyRecord key, CancellationToken cancellationToken);

    /// <summary>False where there is no such key.</summary>
    ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken);
}
