namespace Lightport.Routing.State;

/// <summary>
/// How long a target's answers took to begin, counted in classes that are a fifth apart: says how long all but a few of
/// them take. What is old weighs less, as the counts are halved now and then.
/// </summary>
internal sealed class LatencyClasses
{
    /// <summary>Of fewer answers nothing is said.</summary>
    public const int Fewest = 20;

    private const int HalvedAt = 1000;
    private const int Classes = 96;
    private const double ClassesPerDoubling = 4;

    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[Classes];
    private int _all;

    public void Add(TimeSpan took)
    {
        double doublings = Math.Log2(Math.Max(1, took.TotalMilliseconds));
        int place = Math.Min(Classes - 1, (int)Math.Ceiling(doublings * ClassesPerDoubling));
        lock (_lock)
        {
            _counts[place]++;
            if (++_all >= HalvedAt)
            {
                Halve_NeedsLock();
            }
        }
    }

    /// <summary>How long such a share of the answers took at most; null where there were too few.</summary>
    /// <param name="share">From 0 to 1.</param>
    public TimeSpan? Longest(double share)
    {
        lock (_lock)
        {
            if (_all < Fewest)
            {
                return null;
            }

            int place = 0;
            for (int seen = _counts[0]; seen < share * _all && place < Classes - 1; seen += _counts[place])
            {
                place++;
            }

            return TimeSpan.FromMilliseconds(Math.Pow(2, place / ClassesPerDoubling));
        }
    }

    private void Halve_NeedsLock()
    {
        _all = 0;
        for (int place = 0; place < Classes; place++)
        {
            _all += _counts[place] /= 2;
        }
    }
}
