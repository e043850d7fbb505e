namespace Lightport.Bench.Routing.Run;

/// <summary>What a run comes to.</summary>
/// <param name="journal">Of a run that is over.</param>
/// <param name="upstreams">How many there are.</param>
internal sealed class Figures(Journal journal, int upstreams)
{
    private readonly TimeSpan[] _waits = [.. journal.Waits.Order()];

    public int Requests => journal.Arrivals.Count;

    /// <summary>From 0 to 1.</summary>
    public double Success => (double)_waits.Length / Requests;

    /// <summary>First content, of the requests that were answered.</summary>
    public TimeSpan Median => Percentile(0.50);

    public TimeSpan Percentile99 => Percentile(0.99);

    public double AttemptsPerRequest => (double)journal.Attempts.Count / Requests;

    /// <summary>In dollars.</summary>
    public double CostPerThousand => journal.Cost / Requests * 1000;

    /// <summary>The share of the prompts' tokens that came from a cache.</summary>
    public double CacheHits => journal.PromptTokens == 0 ? 0 : (double)journal.CachedTokens / journal.PromptTokens;

    /// <summary>Each upstream's share of the attempts.</summary>
    public IReadOnlyList<double> Shares => [.. Enumerable.Range(0, upstreams).Select(upstream =>
        (double)journal.Attempts.Count(attempt => attempt.Upstream == upstream) / journal.Attempts.Count)];

    /// <summary>Attempts for each request that came, in the worst window of this length.</summary>
    public double MostAttemptsPerRequest(TimeSpan window)
    {
        double most = 0;
        TimeSpan end = journal.Arrivals[^1];
        for (TimeSpan from = TimeSpan.Zero; from + window <= end; from += window / 20)
        {
            int arrived = Count(journal.Arrivals, from, window, at => at);
            int attempts = Count(journal.Attempts, from, window, attempt => attempt.At);
            most = Math.Max(most, (double)attempts / Math.Max(1, arrived));
        }

        return most;
    }

    /// <summary>The most attempts at one upstream in a window of this length, in a part of the run.</summary>
    public int Peak(int upstream, TimeSpan from, TimeSpan to, TimeSpan window)
    {
        TimeSpan[] at =
            [.. journal.Attempts.Where(attempt => attempt.Upstream == upstream).Select(attempt => attempt.At)];
        int most = 0;
        for (TimeSpan begin = from; begin + window <= to; begin += window / 20)
        {
            most = Math.Max(most, Count(at, begin, window, moment => moment));
        }

        return most;
    }

    private TimeSpan Percentile(double share) =>
        _waits.Length == 0 ? TimeSpan.Zero : _waits[(int)Math.Ceiling(share * _waits.Length) - 1];

    private static int Count<T>(IReadOnlyList<T> inOrder, TimeSpan from, TimeSpan window, Func<T, TimeSpan> at) =>
        First(inOrder, from + window, at) - First(inOrder, from, at);

    /// <summary>Where the first stands that is not before a moment.</summary>
    private static int First<T>(IReadOnlyList<T> inOrder, TimeSpan moment, Func<T, TimeSpan> at)
    {
        (int low, int high) = (0, inOrder.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = at(inOrder[middle]) < moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
