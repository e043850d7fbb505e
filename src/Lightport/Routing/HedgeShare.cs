using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// Bounds how many requests of an entry get a second target, to a share of its requests of the last minute; one is
/// allowed however few they are.
/// </summary>
/// <param name="part">Above 0, up to 1.</param>
internal sealed class HedgeShare(double part)
{
    private const int Seconds = 60;
    private const int Requests = 0;
    private const int Hedges = 1;

    private readonly Lock _lock = new();
    private readonly SlidingCounts _counts = new(kinds: 2, Seconds);

    public double Part => part;

    /// <param name="now">In milliseconds, from any beginning.</param>
    public void Begin(long now)
    {
        lock (_lock)
        {
            _counts.Add(Requests, now);
        }
    }

    /// <summary>Whether one more may be hedged.</summary>
    /// <param name="now">In milliseconds, from any beginning.</param>
    public bool Allows(long now)
    {
        lock (_lock)
        {
            return _counts.Sum(Hedges, now, Seconds) < Math.Max(1, part * _counts.Sum(Requests, now, Seconds));
        }
    }

    /// <summary>A request is hedged.</summary>
    /// <param name="now">In milliseconds, from any beginning.</param>
    public void Spend(long now)
    {
        lock (_lock)
        {
            _counts.Add(Hedges, now);
        }
    }
}
