using Lightport.Bench.Routing.Upstreams;
using Lightport.Routing.State;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>A request that is being answered.</summary>
/// <param name="State">What the router wants to be told when the answer is over; null for whoever remembers nothing.
/// </param>
internal sealed record Served(SimulatedAnswer Answer, TargetState? State = null)
{
    public void End() => State?.End(null, bringsKey: false);
}
