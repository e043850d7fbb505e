using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>
/// What rows of a store mean: how much is left in them, and how they look when some is taken or given back.
/// </summary>
internal static class LimitRows
{
    /// <summary>Over how many rows a limit is spread: by its size alone, so that all know it.</summary>
    public static int Count(LimitCounter counter) => counter.Period == LimitPeriod.WhileHeld
        ? 1
        : (int)Math.Clamp(counter.Most / LeastPart(counter.Measure), 1, LimitRow.MostRows);

    /// <summary>Every row that a limit is spread over, those among them that are not written yet.</summary>
    public static LimitRow[] All(LimitReading reading, LimitCounter counter)
    {
        var rows = new LimitRow[Count(counter)];
        for (int number = 0; number < rows.Length; number++)
        {
            rows[number] = reading.Rows.FirstOrDefault(row => row.Number == number) ?? new LimitRow(number);
        }

        return rows;
    }

    /// <summary>What of a row's part nobody has; more than the part where others gave back there.</summary>
    /// <param name="at">The store's time: what was taken until a moment before it is free again.</param>
    public static long Left(LimitRow row, LimitCounter counter, DateTimeOffset at)
    {
        (long part, long rest) = Math.DivRem(counter.Most, Count(counter));
        return part + (row.Number < rest ? 1 : 0) - Taken(row, at);
    }

    /// <summary>What nobody has of the whole limit; below zero where it was lowered.</summary>
    public static long Left(LimitReading reading, long most)
    {
        foreach (LimitRow row in reading.Rows)
        {
            most -= Taken(row, reading.At);
        }

        return most;
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

    /// <summary>Parts are so large at least that what one request asks for is seldom more.</summary>
    private static long LeastPart(LimitMeasure measure) => measure switch
    {
        LimitMeasure.Requests => 125,
        LimitMeasure.Tokens => 100_000,
        _ => 1_000_000_000,
    };

    private static long Taken(LimitRow row, DateTimeOffset at)
    {
        long taken = row.Taken;
        foreach (LimitLease lease in row.Leases)
        {
            taken += lease.ExpiresAt > at ? lease.Amount : 0;
        }

        return taken;
    }
}
