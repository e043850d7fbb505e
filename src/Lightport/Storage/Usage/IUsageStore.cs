namespace Lightport.Storage;

/// <summary>Keeps what was used. Every member throws <see cref="StoreException"/> where the store fails.</summary>
public interface IUsageStore
{
    /// <summary>
    /// Keeps rows as they are now. A row of the same key, hour, instance and model is replaced, so writing one twice
    /// counts it once.
    /// </summary>
    /// <returns>How long to wait before the next writing, so that all instances together do not ask too much.</returns>
    ValueTask<TimeSpan> WriteAsync(IReadOnlyList<UsageRow> rows, CancellationToken cancellationToken);

    /// <summary>In no order; rows of every instance.</summary>
    IAsyncEnumerable<UsageRow> ReadAsync(UsageQuery query, CancellationToken cancellationToken);
}
