namespace Lightport.Limits.Leases;

/// <summary>Decides what of a lease is to be said to the store.</summary>
internal sealed class LeaseCare(LimitCounter counter, LeaseSurroundings around, OperationAllowance allowance)
{
    /// <summary>What is due, once a second; null where nothing is.</summary>
    /// <param name="left">What others may still take, as far as was seen.</param>
    /// <param name="isRenewalDue">Whether it is time to say again what is held.</param>
    /// <param name="isShort">Whether what is free here and there was too little for the last that asked.</param>
    public LeaseChore? Next(Lease lease, Demand demand, long left, long now, bool isRenewalDue, bool isShort)
    {
        if (lease.Free < 0)
        {
            return new LeaseChore(lease.Free);
        }

        if (counter.Period == LimitPeriod.WhileHeld && lease.Free + lease.Held > 0 && isRenewalDue)
        {
            return new LeaseChore(0);
        }

        if (!allowance.HasSpareToGive(now, isShort))
        {
            return null;
        }

        if (BeforeNext(lease, demand, now) is { } next)
        {
            return new LeaseChore(0, next);
        }

        // What is of no use here may be what another one lacks.
        TimeSpan idle = demand.IdleAt(now);
        long surplus = isShort
            ? Useless(lease, demand, now)
            : LeaseSizes.Surplus(lease.Free, Kept(lease, demand, idle, now), left, idle);
        return surplus > 0 ? new LeaseChore(surplus) : null;
    }

    /// <summary>
    /// What goes back as soon as a request has ended, for whoever lacks it elsewhere need not wait until leases are
    /// looked after: the last place there is, what is too little for those who ask here, and near a window's end what
    /// is more than all that is left, for what nobody has asked for by then is lost.
    /// </summary>
    /// <param name="left">What others may still take, as far as was seen.</param>
    /// <param name="isShort">As above.</param>
    public long Returned(Lease lease, Demand demand, long left, long now, bool isShort) => true switch
    {
        _ when counter.Period == LimitPeriod.WhileHeld => left == 0 && allowance.HasSpare(now) ? lease.Free : 0,
        _ when (isShort || IsNearEnd(lease, left, now)) && allowance.HasSpareToGive(now, isLacked: true) =>
            Useless(lease, demand, now),
        _ => 0,
    };

    /// <summary>
    /// What the last that was refused shows to be of no use here: all that is free, unless smaller ones are served out
    /// of it, who shall not go without because of a larger one.
    /// </summary>
    public long Useless(Lease lease, Demand demand, long now) =>
        counter.Period != LimitPeriod.WhileHeld && demand.LeastAt(now) is { } least && least <= lease.Free
            ? Math.Max(0, lease.Free - Math.Max(least, Kept(lease, demand, TimeSpan.Zero, now)))
            : lease.Free;

    /// <summary>
    /// What the instance would have: the more often the store has been asked of late, the more is taken at once.
    /// </summary>
    public LeaseWish Wish(Waiting waiting, Lease lease, Demand demand, LimitWindow window, long now)
    {
        double rate = window == lease.Window ? demand.RateAt(now) : demand.NextRateAt(now);
        return LeaseWish.Of(waiting, lease, counter.Period == LimitPeriod.WhileHeld
            ? null
            : LeaseSizes.Ahead(rate, around.Clock.Until(window, now)) * Math.Max(1, allowance.Missing(now)));
    }

    /// <summary>
    /// The answer to whoever has waited long enough for a store that is well, and that this instance may not ask yet.
    /// What the limit chooses where the store is away is not meant: nobody is let in whose part was not taken. A budget
    /// is not said to be spent by that.
    /// </summary>
    public LimitGrant NotYet(Lease lease) => new(null, Math.Max(0, lease.Free), lease.Window.EndsAt)
    {
        IsUnknown = counter.Measure == LimitMeasure.Money,
    };

    private bool IsNearEnd(Lease lease, long left, long now) =>
        left < lease.Free && around.Clock.Until(lease.Window, now) < LeaseTerms.NearEnd;

    private long Kept(Lease lease, Demand demand, TimeSpan idle, long now) => counter.Period == LimitPeriod.WhileHeld
        ? Math.Max(idle < LeaseTerms.Idle ? 1 : 0, lease.Held / 2)
        : (long)LeaseSizes.Ahead(demand.RateAt(now), around.Clock.Until(lease.Window, now));

    /// <summary>
    /// The next window, at a moment of the last seconds before it that differs from instance to instance.
    /// </summary>
    private LimitWindow? BeforeNext(Lease lease, Demand demand, long now)
    {
        if (around.Clock.Until(lease.Window, now) is not { } rest
            || rest <= TimeSpan.Zero || rest > LeaseTerms.BeforeWindow
            || LeaseSizes.Ahead(demand.NextRateAt(now), null) < 1)
        {
            return null;
        }

        LimitWindow next = LimitWindow.At(counter.Period, lease.Window.End);
        return !lease.HasNext(next) && around.Chance() * rest < LeaseTerms.Round ? next : null;
    }
}
