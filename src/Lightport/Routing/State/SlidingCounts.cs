namespace Lightport.Routing.State;

/// <summary>
/// Counts of several kinds over the last seconds, in slices of one second each: what is summed is the second that runs
/// and the whole ones before it. Whoever uses it holds a lock.
/// </summary>
/// <param name="kinds">How many kinds are counted, from 0.</param>
/// <param name="seconds">How far back a sum can reach.</param>
internal sealed class SlidingCounts(int kinds, int seconds)
{
    private readonly long[] _sliceOf = new long[seconds];
    private readonly int[] _counts = new int[seconds * kinds];

    /// <param name="now">In milliseconds, from any beginning.</param>
    public void Add(int kind, long now)
    {
        long second = Second(now);
        int slice = (int)(second % seconds);
        if (_sliceOf[slice] != second)
        {
            _sliceOf[slice] = second;
            Array.Clear(_counts, slice * kinds, kinds);
        }

        _counts[(slice * kinds) + kind]++;
    }

    /// <param name="last">How many seconds back, the one that runs included.</param>
    public int Sum(int kind, long now, int last)
    {
        long oldest = Second(now) - last + 1;
        int sum = 0;
        for (int slice = 0; slice < seconds; slice++)
        {
            if (_sliceOf[slice] >= oldest)
            {
                sum += _counts[(slice * kinds) + kind];
            }
        }

        return sum;
    }

    public void Clear() => Array.Clear(_counts);

    // From one on: a slice that nothing was counted in is of second zero, which no sum reaches.
    private long Second(long now) => (now / 1000) + seconds;
}
