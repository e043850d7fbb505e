using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// What may be spent on attempts beyond the first: where everything fails, trying again only adds to it. A retry that
/// succeeds costs nothing; those that came to nothing may be 17 % of a route's requests of the last ten seconds, and a
/// few in any case. Each route has its own, so that one whose providers are all down takes no retry from another.
/// </summary>
internal sealed class RetryBudget(TimeProvider time)
{
    /// <summary>
    /// Lost retries for each request: with those that are under way when an outage begins they stay below a fifth.
    /// </summary>
    internal const double Share = 0.17;

    /// <summary>
    /// So many may be lost beside the shares, however few requests there are: a first burst that meets a dead target.
    /// </summary>
    internal const int Least = 30;

    /// <summary>So many of a route, where that is spent.</summary>
    internal const int LeastOfRoute = 3;

    /// <summary>What of it hedges may spend: the rest is for attempts that failed.</summary>
    private const double PartOfHedges = 0.5;

    private readonly Lock _lock = new();
    private readonly RetryCounts _all = new();

    /// <summary>A request's first attempt begins, which no other has to wait for.</summary>
    public void Begin(RetryCounts route)
    {
        long now = Now;
        route.Begin(now);
        _all.Begin(now);
    }

    /// <summary>Whether another attempt may be made; it is under way from then on.</summary>
    public bool TryTake(RetryCounts route)
    {
        long now = Now;
        lock (_lock)
        {
            if (!Allows_NeedsLock(route, now, part: 1))
            {
                return false;
            }

            route.Take();
            _all.Take();
            return true;
        }
    }

    /// <summary>Whether a second attempt may be made beside one that is slow.</summary>
    public bool Allows(RetryCounts route)
    {
        long now = Now;
        lock (_lock)
        {
            return Allows_NeedsLock(route, now, PartOfHedges);
        }
    }

    /// <summary>Such an attempt is made: one of the two is for nothing, whichever answers.</summary>
    public void Spend(RetryCounts route)
    {
        long now = Now;
        lock (_lock)
        {
            route.Lose(now);
            _all.Lose(now);
        }
    }

    /// <summary>An attempt is over, as far as it is decided.</summary>
    /// <param name="wasTaken">It was not its request's first.</param>
    /// <param name="verdict">What it says of the target; where that is nothing, nothing is counted.</param>
    public void End(RetryCounts route, bool wasTaken, CallVerdict verdict)
    {
        long now = Now;
        route.End(wasTaken, verdict, now);
        _all.End(wasTaken, verdict, now);
        if (!wasTaken)
        {
            return;
        }

        // After what it came to is counted: in between it counts twice, and never not at all.
        lock (_lock)
        {
            route.Leave();
            _all.Leave();
        }
    }

    private bool Allows_NeedsLock(RetryCounts route, long now, double part)
    {
        double spent = route.Spent(now);
        return spent <= part * Math.Max(LeastOfRoute, Share * route.RequestsOfLate(now))
            || (spent <= part * Least
                && _all.Spent(now) <= part * (Least + (Share * _all.RequestsOfLate(now))));
    }

    private long Now => (long)time.GetElapsedTime(0).TotalMilliseconds;
}
