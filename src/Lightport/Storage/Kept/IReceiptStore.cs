namespace Lightport.Storage;

/// <summary>
/// Keeps receipts for a while. Every member throws <see cref="StoreException"/> where the store fails.
/// </summary>
public interface IReceiptStore
{
    /// <summary>Keeps receipts of one process. Called by one ledger, which never has two writings under way.</summary>
    ValueTask WriteAsync(IReadOnlyList<StoredReceipt> receipts, CancellationToken cancellationToken);

    /// <summary>Null where there is none, or none any more.</summary>
    ValueTask<StoredReceipt?> FindAsync(RequestId id, CancellationToken cancellationToken);
}
