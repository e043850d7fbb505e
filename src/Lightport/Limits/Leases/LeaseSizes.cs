namespace Lightport.Limits.Leases;

/// <summary>How much an instance takes and keeps: little enough that nobody else goes without.</summary>
internal static class LeaseSizes
{
    /// <summary>No more than such a part of what is left is taken ahead, so that slices shrink near the end.</summary>
    private const long PartOfLeft = 8;

    /// <summary>A lease that is so small beside what is left may wait a while for the next request.</summary>
    private const long SmallPart = 64;

    /// <summary>What a rate needs in the next seconds; near a window's end, in half of what is left of it.</summary>
    public static double Ahead(double rate, TimeSpan? rest) =>
        rate * Math.Min(LeaseTerms.Ahead.TotalSeconds, (rest ?? TimeSpan.MaxValue).TotalSeconds / 2);

    /// <summary>The need in any case, and of what goes beyond it no more than is fair.</summary>
    /// <param name="wanted">The need of the next seconds; a quarter of that is taken even of the last there is.</param>
    /// <param name="left">Of the whole limit.</param>
    public static long Slice(long need, long wanted, long left) =>
        Math.Max(need, Math.Min(wanted, Math.Max(left / PartOfLeft, wanted / 4)));

    /// <summary>What goes back because it is not needed here; zero where that is little, or no hurry.</summary>
    /// <param name="kept">What is needed in the next seconds.</param>
    /// <param name="left">What others may still take.</param>
    public static long Surplus(long free, long kept, long left, TimeSpan idle)
    {
        bool isScarce = free > left / SmallPart;
        if (idle >= LeaseTerms.LongIdle || (isScarce && idle >= LeaseTerms.Idle && free > kept))
        {
            return free;
        }

        return isScarce && free > 2 * kept ? free - kept : 0;
    }
}
