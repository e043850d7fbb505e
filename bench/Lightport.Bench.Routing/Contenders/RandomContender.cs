using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Run;
using Lightport.Bench.Routing.Upstreams;
using Lightport.Routing;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>Asks any upstream, once.</summary>
internal sealed class RandomContender(Surroundings given) : IContender
{
    public static ContenderPlan Plan { get; } = new("naive: random", given => new RandomContender(given));

    public async ValueTask<Served?> SendAsync(SimulatedRequest request)
    {
        Upstream any = given.Upstreams[given.Chance.Below(given.Upstreams.Count)];
        AttemptOutcome<SimulatedAnswer> outcome =
            await any.AskAsync(request, given.Scenario.Timeouts.FirstByte, CancellationToken.None);
        return outcome.Succeeded ? new Served(outcome.Value) : null;
    }
}
