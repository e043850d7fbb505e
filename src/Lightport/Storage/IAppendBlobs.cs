namespace Lightport.Storage;

/// <summary>
/// Blobs that grow at their end alone, of which each has one writer: for records that nobody may change later.
/// </summary>
public interface IAppendBlobs
{
    /// <summary>Makes an empty blob, and its container where that is not there; one that is there stays.</summary>
    /// <exception cref="StoreException">It cannot be made now; the message says why and what to do.</exception>
    ValueTask CreateAsync(string container, string name, CancellationToken cancellationToken);

    /// <summary>Appends at a place, which is where the blob ends; what has been appended there already stays.</summary>
    /// <param name="position">In bytes, from the blob's beginning.</param>
    /// <exception cref="StoreException">
    /// It cannot be written now; the message says why and what to do. <see cref="StoreFailure.Damaged"/> where the blob
    /// is not there any more.
    /// </exception>
    ValueTask AppendAsync(
        string container,
        string name,
        long position,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken);
}
