using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Upstreams;
using Lightport.Routing;

namespace Lightport.Bench.Routing.Scenarios;

/// <summary>What happens to whom.</summary>
/// <param name="Name">For the command line and the report.</param>
/// <param name="What">A sentence for the report.</param>
internal sealed record Scenario(string Name, string What, LoadPlan Load, IReadOnlyList<UpstreamPlan> Upstreams)
{
    /// <summary>Processes that share the requests and know nothing of one another.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>One attempt at each target, unless the scenario is about more.</summary>
    public RetryPolicy Retry { get; init; } = new() { Attempts = 1 };

    public StageTimeouts Timeouts { get; init; } = new()
    {
        FirstByte = TimeSpan.FromSeconds(10),
        Total = TimeSpan.FromSeconds(60),
    };
}
