using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>
/// The store's time, between two bounds that each reading brings closer. This machine's own clock may jump as it likes:
/// only how time passes is taken from it.
/// </summary>
internal sealed class StoreClock(TimeProvider clock)
{
    /// <summary>How much two clocks may part that are both kept by NTP, which turns them by no more.</summary>
    private const double Drift = 500e-6;

    private readonly long _origin = clock.GetTimestamp();
    private readonly Lock _lock = new();
    private volatile Bounds? _bounds;

    /// <summary>Whether the store has told its time yet.</summary>
    public bool IsKnown => _bounds is not null;

    /// <summary>Ticks of this process, which no setting of a clock moves.</summary>
    public long Local => clock.GetElapsedTime(_origin).Ticks;

    /// <summary>
    /// Between which ticks of UTC the store's time lies; this machine's own time as long as it is not known.
    /// </summary>
    public (long Earliest, long Latest) At(long local)
    {
        if (_bounds is not { } known)
        {
            long own = clock.GetUtcNow().UtcTicks;
            return (own, own);
        }

        long apart = known.ApartAt(local);
        return (local + known.Lowest - apart, local + known.Highest + apart);
    }

    /// <summary>How long a window lasts at least; null where it does not end, or nothing is known.</summary>
    public TimeSpan? Until(LimitWindow window, long local) =>
        IsKnown && window.EndsAt is not null ? TimeSpan.FromTicks(window.End - At(local).Latest) : null;

    /// <summary>Takes in what the store told of its time.</summary>
    /// <param name="sent">When it was asked, in ticks of <see cref="Local"/>.</param>
    public void Tell(long sent, LimitReading reading)
    {
        long received = Local;
        long lowest = reading.At.UtcTicks - received;
        long highest = reading.At.UtcTicks + reading.Precision.Ticks - sent;
        lock (_lock)
        {
            if (_bounds is { } known)
            {
                long apart = known.ApartAt(received);
                (long low, long high) = (known.Lowest - apart, known.Highest + apart);

                // Where both cannot be true, the store's clock was set, and the newest is right.
                (lowest, highest) = lowest > high || highest < low
                    ? (lowest, highest)
                    : (Math.Max(lowest, low), Math.Min(highest, high));
            }

            _bounds = new Bounds(received, lowest, highest);
        }
    }

    /// <summary>By how much the store's time is ahead of the local ticks.</summary>
    private sealed record Bounds(long At, long Lowest, long Highest)
    {
        public long ApartAt(long local) => (long)((local - At) * Drift);
    }
}
