using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Limits.Leases;

/// <summary>
/// Whether the store answers: one that does not is left alone for a while, by all counters of the instance.
/// </summary>
internal sealed partial class StoreWatch(ILogger logger, Func<double> chance)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private long _awayUntil;
    private int _failures;
    private volatile string? _lastError;

    /// <summary>Why the store did not do what it was asked last; null where it did.</summary>
    public string? LastError => _lastError;

    public bool IsAway(long now) => now < Volatile.Read(ref _awayUntil);

    public void Succeeded()
    {
        if (_lastError is not null)
        {
            lock (_lock)
            {
                (_failures, _lastError) = (0, null);
                Volatile.Write(ref _awayUntil, 0);
            }
        }
    }

    /// <param name="now">Ticks of <see cref="StoreClock.Local"/>.</param>
    /// <returns>Until when the counter that met it leaves the store alone.</returns>
    public long Failed(StoreException e, long now)
    {
        lock (_lock)
        {
            if (_lastError != e.Message)
            {
                _lastError = e.Message;
                LimitsUnknown(logger, e.Message);
            }

            // Somebody else's pen at one row is no reason to leave all the others alone.
            if (e.Failure == StoreFailure.Damaged)
            {
                return now + LongestPause.Ticks;
            }

            // The calls that are under way when it goes away all fail, and are one failure.
            if (now >= _awayUntil)
            {
                // Those that it throttled at the same moment do not come back at the same moment.
                double seconds = Math.Min(LongestPause.TotalSeconds, Math.Pow(2, _failures++));
                Volatile.Write(ref _awayUntil, now + TimeSpan.FromSeconds(seconds * (0.5 + chance())).Ticks);
            }

            return _awayUntil;
        }
    }

    [LoggerMessage(210, LogLevel.Warning, "How much is left of limits cannot be asked: {Reason}")]
    private static partial void LimitsUnknown(ILogger logger, string reason);
}
