using Lightport.Bench.Routing.Upstreams;
using Lightport.Routing;
using Lightport.Routing.State;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>A request that is being answered.</summary>
/// <param name="Call">What the router wants to be told when the answer is over; null for whoever remembers nothing.
/// </param>
/// <param name="Asked">What the call was made for.</param>
internal sealed record Served(SimulatedAnswer Answer, TargetCall? Call = null, SelectionFacts Asked = default)
{
    public void End() => Call?.End(null, Asked);
}
