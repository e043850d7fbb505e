namespace Lightport.Storage;

/// <summary>
/// Keeps what was taken of limits, for all who share it. It only reads and writes rows: what they mean is known to
/// whoever asks. Every member throws <see cref="StoreException"/> where the store fails.
/// </summary>
public interface ILimitStore
{
    /// <summary>All who share it are on this machine: it may be asked as often as anybody likes.</summary>
    bool IsNear => false;

    /// <summary>One row, empty where there is none.</summary>
    ValueTask<LimitReading> ReadAsync(LimitPlace place, int number, CancellationToken cancellationToken);

    /// <summary>Every row that is there.</summary>
    ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken);

    /// <summary>Writes a row in place of the one that has its mark.</summary>
    /// <returns>False where somebody has written it in between; nothing is changed then.</returns>
    ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken);
}
