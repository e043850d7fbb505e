namespace Lightport.Limits.Leases;

/// <summary>Decides, once a second, what of a lease is to be said to the store.</summary>
internal sealed class LeaseCare(LimitCounter counter, LeaseSurroundings around, OperationAllowance allowance)
{
    /// <param name="left">What others may still take, as far as was seen.</param>
    /// <param name="isRenewalDue">Whether it is time to say again what is held.</param>
    public LeaseChore? Next(Lease lease, Demand demand, long left, long now, bool isRenewalDue)
    {
        if (lease.Free < 0)
        {
            return new LeaseChore(lease.Free);
        }

        if (counter.Period == LimitPeriod.WhileHeld && lease.Free + lease.Held > 0 && isRenewalDue)
        {
            return new LeaseChore(0);
        }

        if (BeforeNext(lease, demand, now) is { } next)
        {
            return new LeaseChore(0, next);
        }

        if (lease.Free > 0 && demand.IdleAt(now) >= LeaseSizes.IdleOf(lease.Free, left))
        {
            return new LeaseChore(lease.Free);
        }

        return allowance.HasSpare(now)
            && LeaseSizes.Surplus(lease.Free, lease.Held, demand.RateAt(now), counter.Period) is { } surplus
            ? new LeaseChore(surplus)
            : null;
    }

    /// <summary>
    /// The next window, at a moment of the last seconds before it that differs from instance to instance.
    /// </summary>
    private LimitWindow? BeforeNext(Lease lease, Demand demand, long now)
    {
        (_, long latest) = around.Clock.At(now);
        long rest = lease.Window.End - latest;
        if (!around.Clock.IsKnown || rest <= 0 || rest > LeaseTerms.BeforeWindow.Ticks || demand.RateAt(now) < 1)
        {
            return null;
        }

        LimitWindow next = LimitWindow.At(counter.Period, lease.Window.End);
        return !lease.HasNext(next) && around.Chance() * rest < LeaseTerms.Round.Ticks ? next : null;
    }
}
