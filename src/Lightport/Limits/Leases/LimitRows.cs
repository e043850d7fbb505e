using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>
/// What rows of a store mean: how much is left in them, and how they look when some is taken or given back.
/// </summary>
internal static class LimitRows
{
    /// <summary>What a row has left for others than those who have it; below zero where a limit was lowered.</summary>
    /// <param name="at">The store's time: what was taken until a moment before it is free again.</param>
    public static long Left(LimitRow row, long most, DateTimeOffset at)
    {
        long left = (row.Number == 0 ? most : 0) - row.Taken;
        foreach (LimitLease lease in row.Leases)
        {
            left -= lease.ExpiresAt > at ? lease.Amount : 0;
        }

        return left;
    }

    public static long Left(LimitReading reading, long most)
    {
        // A place without a first row is one where nothing was taken.
        long left = reading.Rows.Any(row => row.Number == 0) ? 0 : most;
        foreach (LimitRow row in reading.Rows)
        {
            left += Left(row, most, reading.At);
        }

        return left;
    }

    /// <summary>The row when more is taken of it for good; less than nothing gives back.</summary>
    public static LimitRow Taken(LimitRow row, long more) => row with { Taken = checked(row.Taken + more) };

    /// <summary>The row when a holder has so much of it for a while, and what has expired is gone.</summary>
    public static LimitRow Leased(LimitRow row, string holder, long total, DateTimeOffset at)
    {
        var leases = new List<LimitLease>(row.Leases.Count + 1);
        foreach (LimitLease lease in row.Leases)
        {
            if (lease.ExpiresAt > at && lease.Holder != holder)
            {
                leases.Add(lease);
            }
        }

        if (total > 0)
        {
            leases.Add(new LimitLease(holder, total, at + LeaseTerms.Lifetime));
        }

        return row with { Leases = leases };
    }
}
