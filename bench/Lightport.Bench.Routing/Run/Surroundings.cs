using Lightport.Bench.Routing.Clock;
using Lightport.Bench.Routing.Scenarios;
using Lightport.Bench.Routing.Upstreams;

namespace Lightport.Bench.Routing.Run;

/// <summary>What a contender's process is given.</summary>
/// <param name="Chance">Its own.</param>
internal sealed record Surroundings(
    Scenario Scenario, IReadOnlyList<Upstream> Upstreams, VirtualTime Time, Chance Chance);
