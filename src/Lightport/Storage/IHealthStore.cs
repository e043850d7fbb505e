namespace Lightport.Storage;

/// <summary>
/// Keeps the one row in which instances tell each other which targets fail. Every member throws
/// <see cref="StoreException"/> where the store fails.
/// </summary>
public interface IHealthStore
{
    /// <summary>One small read; null where nothing was ever told.</summary>
    ValueTask<HealthNote?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Writes the row anew.</summary>
    /// <param name="tag">Of the row as it was read; null for none.</param>
    /// <returns>False where it is no longer what was read, and nothing was written.</returns>
    ValueTask<bool> TryWriteAsync(string text, string? tag, CancellationToken cancellationToken);
}
