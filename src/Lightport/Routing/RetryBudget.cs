using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// What a process may spend on attempts beyond the first: where everything fails, trying again only adds to it. A retry
/// that succeeds costs nothing; those that came to nothing may be 17 % of the requests of the last ten seconds, and a
/// few in any case. One that is still under way counts by the share of attempts that have failed of late.
/// </summary>
internal sealed class RetryBudget(TimeProvider time)
{
    /// <summary>
    /// Lost retries for each request: with those that are under way when an outage begins they stay below a fifth.
    /// </summary>
    internal const double Share = 0.17;

    /// <summary>So many may be lost however few requests there are: a first burst that meets a dead target.</summary>
    internal const int Least = 30;

    private const int Seconds = 10;
    private const int Requests = 0;
    private const int Succeeded = 1;
    private const int Failed = 2;
    private const int Lost = 3;

    private readonly Lock _lock = new();
    private readonly SlidingCounts _counts = new(kinds: 4, Seconds + 1);
    private int _underWay;

    /// <summary>A request's first attempt begins.</summary>
    public void Begin()
    {
        long now = Now;
        lock (_lock)
        {
            _counts.Add(Requests, now);
        }
    }

    /// <summary>Whether another attempt may be made; it is under way from then on.</summary>
    public bool TryTake()
    {
        long now = Now;
        lock (_lock)
        {
            bool allowed = Allows_NeedsLock(now);
            _underWay += allowed ? 1 : 0;
            return allowed;
        }
    }

    /// <summary>Whether a second attempt may be made beside one that is slow.</summary>
    public bool Allows()
    {
        long now = Now;
        lock (_lock)
        {
            return Allows_NeedsLock(now);
        }
    }

    /// <summary>Such an attempt is made: one of the two is for nothing, whichever answers.</summary>
    public void Spend()
    {
        long now = Now;
        lock (_lock)
        {
            _counts.Add(Lost, now);
        }
    }

    /// <summary>An attempt is over, as far as it is decided.</summary>
    /// <param name="wasTaken">It was not its request's first.</param>
    /// <param name="verdict">What it says of the target; where that is nothing, nothing is counted.</param>
    public void End(bool wasTaken, CallVerdict verdict)
    {
        long now = Now;
        lock (_lock)
        {
            if (wasTaken)
            {
                _underWay--;
            }

            if (verdict == CallVerdict.Alive)
            {
                _counts.Add(Succeeded, now);
            }
            else if (verdict == CallVerdict.Failed)
            {
                _counts.Add(Failed, now);
                if (wasTaken)
                {
                    _counts.Add(Lost, now);
                }
            }
        }
    }

    private bool Allows_NeedsLock(long now)
    {
        int failed = _counts.Sum(Failed, now, Seconds);
        int all = failed + _counts.Sum(Succeeded, now, Seconds);
        double risk = all == 0 ? 0 : (double)failed / all;
        // A second longer than the requests, for the second that has begun is not whole.
        double spent = _counts.Sum(Lost, now, Seconds + 1) + (risk * (_underWay + 1));
        return spent <= Math.Max(Least, Share * _counts.Sum(Requests, now, Seconds));
    }

    private long Now => (long)time.GetElapsedTime(0).TotalMilliseconds;
}
