namespace Lightport.Routing.State;

/// <summary>
/// <see cref="SlidingCounts"/> that requests on all processors add to without waiting for one another: each processor
/// has its own, and only a sum, which few ask for, goes over all of them.
/// </summary>
/// <param name="kinds">How many kinds are counted, from 0.</param>
/// <param name="seconds">How far back a sum can reach.</param>
internal sealed class SpreadCounts(int kinds, int seconds)
{
    /// <summary>On a larger machine several processors share one.</summary>
    private const int Most = 16;

    private readonly SlidingCounts[] _counts =
    [
        .. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, Most))
            .Select(_ => new SlidingCounts(kinds, seconds)),
    ];

    /// <param name="now">In milliseconds, from any beginning.</param>
    public void Add(int kind, long now)
    {
        SlidingCounts own = _counts[Thread.GetCurrentProcessorId() % _counts.Length];
        lock (own)
        {
            own.Add(kind, now);
        }
    }

    /// <param name="last">How many seconds back, the one that runs included.</param>
    public int Sum(int kind, long now, int last)
    {
        int sum = 0;
        foreach (SlidingCounts counts in _counts)
        {
            lock (counts)
            {
                sum += counts.Sum(kind, now, last);
            }
        }

        return sum;
    }
}
