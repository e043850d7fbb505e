namespace Lightport.Limits.Leases;

/// <summary>How much of a counter an instance asks for a second. Used with its counter's lock held.</summary>
internal sealed class Demand
{
    /// <summary>After so long a measurement counts for half.</summary>
    private const double HalfLife = 1;

    /// <summary>What came in less than this is not taken for a rate of many times as much.</summary>
    private const double ShortestSeconds = 0.1;

    private double _rate;
    private double _asked;
    private long _since = -TimeSpan.TicksPerDay;
    private long _lastAt = -TimeSpan.TicksPerDay;

    public void Add(long amount, long now)
    {
        Settle(now);
        if (IdleAt(now) >= LeaseTerms.Idle)
        {
            // The first of a row begins the time, and says nothing of how many come in it.
            (_asked, _since, amount) = (0, now, 0);
        }

        _asked += amount;
        _lastAt = now;
    }

    public TimeSpan IdleAt(long now) => TimeSpan.FromTicks(now - _lastAt);

    /// <summary>In the counter's unit a second; what has come in the last moments counts at once.</summary>
    public double RateAt(long now)
    {
        Settle(now);
        return Math.Max(_rate, _asked / Math.Max(ShortestSeconds, Seconds(now - _since)));
    }

    private void Settle(long now)
    {
        double passed = Seconds(now - _since);
        if (passed < HalfLife)
        {
            return;
        }

        double kept = Math.Pow(0.5, passed / HalfLife);
        _rate = (_rate * kept) + (_asked / passed * (1 - kept));
        (_asked, _since) = (0, now);
    }

    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;
}
