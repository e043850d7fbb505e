namespace Lightport.Limits.Leases;

/// <summary>How much an instance takes ahead of its need: little enough that nobody else goes without.</summary>
internal static class LeaseSizes
{
    /// <summary>Where the others' rate is not known, one takes no greater part of what is left.</summary>
    private const double PartOfUnknown = 0.125;

    /// <summary>A lease that is so small beside what is left may wait a while for the next request.</summary>
    private const long SmallPart = 256;

    private const double PartOfOwn = 0.5;

    /// <param name="left">Beyond the need.</param>
    /// <param name="fleetRate">What all who share the row take a second; null where that is not known.</param>
    /// <param name="rest">Of the window.</param>
    public static long Ahead(LeaseWish wish, long left, double? fleetRate, TimeSpan rest)
    {
        double wanted = wish.Rate * Math.Min(wish.Ahead.TotalSeconds, rest.TotalSeconds);

        // Half of the instance's own share: near the end of a counter slices shrink to what is needed at once.
        double share = fleetRate switch
        {
            null => PartOfUnknown,
            > 0 => PartOfOwn * Math.Min(1, wish.Rate / fleetRate.Value),
            _ => PartOfOwn,
        };
        return Math.Max(0, (long)Math.Min(Math.Min(wanted, wish.MostAhead), left * share));
    }

    /// <summary>What runs at the same time is soon free again, so a quarter more than there is will do.</summary>
    public static long AheadOfHeld(LeaseWish wish, long left) =>
        wish.MostAhead == 0 ? 0 : Math.Max(0, Math.Min(wish.Total / 4, left / 4));

    /// <summary>After how long without a request all goes back: soon where others may need it.</summary>
    /// <param name="left">What others may still take.</param>
    public static TimeSpan IdleOf(long free, long left) =>
        free <= left / SmallPart ? LeaseTerms.LongIdle : LeaseTerms.Idle;

    /// <summary>What is too much for the present demand; null where it is about right.</summary>
    public static long? Surplus(long free, long held, double rate, LimitPeriod period)
    {
        double kept = period == LimitPeriod.WhileHeld
            ? Math.Max(1, held / 2)
            : Math.Max(1, rate * LeaseTerms.Ahead.TotalSeconds);
        return free > 3 * kept ? free - (long)(2 * kept) : null;
    }
}
