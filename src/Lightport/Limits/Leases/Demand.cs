namespace Lightport.Limits.Leases;

/// <summary>
/// How much of a counter an instance needs a second. What is refused is of no use in this window, so that nothing is
/// taken or kept for it; of the next one it is asked for again. Used with its counter's lock held.
/// </summary>
internal sealed class Demand
{
    private long _asked;
    private long _askedBefore;
    private long _refused;
    private long _refusedBefore;
    private long _least = long.MaxValue;
    private long _leastBefore = long.MaxValue;
    private long _letInAt = -TimeSpan.TicksPerDay;
    private long _since = -TimeSpan.TicksPerDay;
    private long _lastAt = -TimeSpan.TicksPerDay;

    /// <summary>A request asks.</summary>
    public void Add(long amount, long now)
    {
        Turn(now);
        _asked += amount;
        _lastAt = now;
    }

    /// <summary>A request that asked is refused.</summary>
    /// <param name="isForGood">It fits into no window.</param>
    public void Refuse(long amount, long now, bool isForGood)
    {
        Turn(now);
        _asked -= amount;
        _refused += isForGood ? 0 : amount;
    }

    /// <summary>A request that asked is let in.</summary>
    public void LetIn(long amount, long now)
    {
        Turn(now);
        _least = Math.Min(_least, amount);
        _letInAt = now;
    }

    /// <summary>A window begins, and may have enough for those who were refused.</summary>
    public void Renew(long now)
    {
        Turn(now);
        (_asked, _askedBefore) = (_asked + _refused, _askedBefore + _refusedBefore);
        (_refused, _refusedBefore) = (0, 0);
    }

    /// <summary>A request has used less than it asked for, or, below zero, more.</summary>
    public void Return(long amount, long now)
    {
        Turn(now);
        _asked -= amount;
    }

    public TimeSpan IdleAt(long now) => TimeSpan.FromTicks(now - _lastAt);

    /// <summary>The smallest that was let in; null where nobody was in the last moments.</summary>
    public long? LeastAt(long now)
    {
        Turn(now);
        return now - _letInAt < LeaseTerms.Idle.Ticks ? Math.Min(_least, _leastBefore) : null;
    }

    /// <summary>
    /// In the counter's unit a second, over one to two spans: what has just begun is no rate before it goes on.
    /// </summary>
    public double RateAt(long now)
    {
        Turn(now);
        return Rate(_askedBefore + _asked, now);
    }

    /// <summary>The same for the next window, with those who are refused in this one.</summary>
    public double NextRateAt(long now)
    {
        Turn(now);
        return Rate(_askedBefore + _asked + _refusedBefore + _refused, now);
    }

    private double Rate(long asked, long now) =>
        Math.Max(0, asked / ((LeaseTerms.Ahead.Ticks + now - _since) / (double)TimeSpan.TicksPerSecond));

    private void Turn(long now)
    {
        long passed = now - _since;
        if (passed >= 2 * LeaseTerms.Ahead.Ticks)
        {
            (_askedBefore, _asked, _since) = (0, 0, now);
            (_refusedBefore, _refused) = (0, 0);
            (_leastBefore, _least) = (long.MaxValue, long.MaxValue);
        }
        else if (passed >= LeaseTerms.Ahead.Ticks)
        {
            (_askedBefore, _asked, _since) = (_asked, 0, _since + LeaseTerms.Ahead.Ticks);
            (_refusedBefore, _refused) = (_refused, 0);
            (_leastBefore, _least) = (_least, long.MaxValue);
        }
    }
}
