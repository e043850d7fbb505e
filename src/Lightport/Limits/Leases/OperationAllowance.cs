namespace Lightport.Limits.Leases;

/// <summary>
/// How often one instance may ask the store for one counter: in no minute more often than once a second, and ten times
/// at once where something has just begun.
/// </summary>
/// <param name="isUnlimited">The store may be asked as often as anybody likes.</param>
internal sealed class OperationAllowance(bool isUnlimited)
{
    private const double Burst = 10;
    private const double PerSecond = 0.8;

    /// <summary>What can wait leaves so much to what cannot.</summary>
    private const double Spare = 6;

    /// <summary>The same of giving back what others lack just now.</summary>
    private const double SpareOfGiving = 3;

    private readonly Lock _lock = new();
    private double _left = Burst;
    private long _at;

    /// <summary>Takes one.</summary>
    /// <returns>
    /// How long to wait before it, so that another one may follow at once: what was read is soon not true any more.
    /// </returns>
    public TimeSpan Take(long now)
    {
        if (isUnlimited)
        {
            return TimeSpan.Zero;
        }

        lock (_lock)
        {
            Fill(now);
            _left--;
            return _left >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / PerSecond);
        }
    }

    public bool HasSpare(long now) => Missing(now) <= Burst - Spare;

    /// <param name="isLacked">What is given back is what others lack.</param>
    public bool HasSpareToGive(long now, bool isLacked) =>
        Missing(now) <= Burst - (isLacked ? SpareOfGiving : Spare);

    /// <summary>How far it is from full.</summary>
    public double Missing(long now)
    {
        lock (_lock)
        {
            Fill(now);
            return isUnlimited ? 0 : Burst - _left;
        }
    }

    private void Fill(long now)
    {
        _left = Math.Min(Burst, _left + ((now - _at) / (double)TimeSpan.TicksPerSecond * PerSecond));
        _at = now;
    }
}
