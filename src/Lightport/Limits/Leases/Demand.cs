namespace Lightport.Limits.Leases;

/// <summary>How much of a counter an instance needs a second. Used with its counter's lock held.</summary>
internal sealed class Demand
{
    private long _asked;
    private long _askedBefore;
    private long _since = -TimeSpan.TicksPerDay;
    private long _lastAt = -TimeSpan.TicksPerDay;

    /// <summary>A request asks.</summary>
    public void Add(long amount, long now)
    {
        Turn(now);
        _asked += amount;
        _lastAt = now;
    }

    /// <summary>A request has used less than it asked for, or, below zero, more.</summary>
    public void Return(long amount, long now)
    {
        Turn(now);
        _asked -= amount;
    }

    public TimeSpan IdleAt(long now) => TimeSpan.FromTicks(now - _lastAt);

    /// <summary>
    /// In the counter's unit a second, over one to two spans: what has just begun is no rate before it goes on.
    /// </summary>
    public double RateAt(long now)
    {
        Turn(now);
        double seconds = (LeaseTerms.Ahead.Ticks + now - _since) / (double)TimeSpan.TicksPerSecond;
        return Math.Max(0, (_askedBefore + _asked) / seconds);
    }

    private void Turn(long now)
    {
        long passed = now - _since;
        if (passed >= 2 * LeaseTerms.Ahead.Ticks)
        {
            (_askedBefore, _asked, _since) = (0, 0, now);
        }
        else if (passed >= LeaseTerms.Ahead.Ticks)
        {
            (_askedBefore, _asked, _since) = (_asked, 0, _since + LeaseTerms.Ahead.Ticks);
        }
    }
}
