using Lightport.Bench.Routing.Load;

namespace Lightport.Bench.Routing.Run;

/// <summary>What happened in a run.</summary>
internal sealed class Journal
{
    private readonly List<TimeSpan> _arrivals = [];
    private readonly List<TimeSpan> _waits = [];
    private readonly List<(int Upstream, TimeSpan At)> _attempts = [];

    /// <summary>When requests came, in order.</summary>
    public IReadOnlyList<TimeSpan> Arrivals => _arrivals;

    /// <summary>Of each request that was answered, how long its first content took.</summary>
    public IReadOnlyList<TimeSpan> Waits => _waits;

    /// <summary>Each attempt with its upstream's number, in order.</summary>
    public IReadOnlyList<(int Upstream, TimeSpan At)> Attempts => _attempts;

    /// <summary>In dollars, lost attempts included.</summary>
    public double Cost { get; private set; }

    public long PromptTokens { get; private set; }

    public long CachedTokens { get; private set; }

    public void Arrive(SimulatedRequest request) => _arrivals.Add(request.At);

    public void Attempt(int upstream, TimeSpan at) => _attempts.Add((upstream, at));

    public void Answer(SimulatedRequest request, TimeSpan now) => _waits.Add(now - request.At);

    public void Pay(double dollars) => Cost += dollars;

    public void Cached(int tokens, int of)
    {
        CachedTokens += tokens;
        PromptTokens += of;
    }
}
