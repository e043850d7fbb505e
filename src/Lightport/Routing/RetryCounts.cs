using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>
/// What the requests of one route, or of all, came to in the last seconds. Any number of them tell it at once; who asks
/// for one more attempt holds a lock.
/// </summary>
internal sealed class RetryCounts
{
    private const int Seconds = 10;
    private const int Requests = 0;
    private const int Succeeded = 1;
    private const int Failed = 2;
    private const int Lost = 3;

    // Most routes of a large configuration are asked for by nobody: those cost no counts.
    private SpreadCounts? _counts;
    private int _underWay;

    /// <summary>A request's first attempt begins.</summary>
    public void Begin(long now) => Counts.Add(Requests, now);

    /// <summary>An attempt beyond a request's first begins; needs the lock, as its end does.</summary>
    public void Take() => _underWay++;

    /// <summary>Such an attempt is over.</summary>
    public void Leave() => _underWay--;

    /// <summary>An attempt that is for nothing, whatever becomes of it.</summary>
    public void Lose(long now) => Counts.Add(Lost, now);

    /// <summary>An attempt is over, as far as it is decided.</summary>
    public void End(bool wasTaken, CallVerdict verdict, long now)
    {
        if (verdict == CallVerdict.Alive)
        {
            Counts.Add(Succeeded, now);
        }
        else if (verdict == CallVerdict.Failed)
        {
            Counts.Add(Failed, now);
            if (wasTaken)
            {
                Counts.Add(Lost, now);
            }
        }
    }

    /// <summary>
    /// How many retries would be lost with one more: those that are under way count by the share of attempts that have
    /// failed of late.
    /// </summary>
    public double Spent(long now)
    {
        int failed = Counts.Sum(Failed, now, Seconds);
        int all = failed + Counts.Sum(Succeeded, now, Seconds);
        double risk = all == 0 ? 0 : (double)failed / all;

        // A second longer than the requests, for the second that has begun is not whole.
        return Counts.Sum(Lost, now, Seconds + 1) + (risk * (_underWay + 1));
    }

    public int RequestsOfLate(long now) => Counts.Sum(Requests, now, Seconds);

    private SpreadCounts Counts =>
        LazyInitializer.EnsureInitialized(ref _counts, static () => new SpreadCounts(kinds: 4, Seconds + 1));
}
