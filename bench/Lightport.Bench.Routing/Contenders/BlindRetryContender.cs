using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Run;
using Lightport.Bench.Routing.Upstreams;
using Lightport.Routing;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>Asks each upstream in turn, three times each and without a pause.</summary>
internal sealed class BlindRetryContender(Surroundings given) : IContender
{
    private const int AttemptsEach = 3;

    public static ContenderPlan Plan { get; } = new("naive: retry", given => new BlindRetryContender(given));

    public async ValueTask<Served?> SendAsync(SimulatedRequest request)
    {
        foreach (Upstream upstream in given.Upstreams)
        {
            for (int attempt = 0; attempt < AttemptsEach; attempt++)
            {
                AttemptOutcome<SimulatedAnswer> outcome =
                    await upstream.AskAsync(request, given.Scenario.Timeouts.FirstByte, CancellationToken.None);
                if (outcome.Succeeded)
                {
                    return new Served(outcome.Value);
                }
            }
        }

        return null;
    }
}
