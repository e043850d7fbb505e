using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Run;
using Lightport.Bench.Routing.Scenarios;
using Lightport.Bench.Routing.Upstreams;
using Lightport.Prices;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>The gateway's own router, whole: what it is told of time, chance and upstreams is simulated.</summary>
internal sealed class RouterContender : IContender
{
    private static readonly PriceBook Prices = new();

    private readonly Surroundings _given;
    private readonly Route _route;
    private readonly Dictionary<string, Upstream> _upstreams = [];
    private readonly TargetSelector _selector;
    private readonly AttemptLoop _loop;

    private RouterContender(Surroundings given, ISelectionPolicy policy, HedgePolicy? hedge)
    {
        _given = given;
        Scenario scenario = given.Scenario;
        var states = new TargetStates(given.Time, given.Chance.Next);
        _selector = new TargetSelector(
            [], states, given.Chance.Next, new CostEstimator(Prices, given.Time));
        _loop = new AttemptLoop(given.Time, given.Chance.Next, states);
        var targets = new List<Target>();
        foreach ((UpstreamPlan plan, Upstream upstream) in scenario.Upstreams.Zip(given.Upstreams))
        {
            targets.Add(SimulatedTargets.Of(plan));
            _upstreams.Add(plan.Name, upstream);
        }

        _route = new Route("simulated", targets)
        {
            Selection = policy,
            Hedge = hedge,
            Retry = scenario.Retry,
            Timeouts = scenario.Timeouts,
        };
    }

    /// <summary>Under a policy of its own in each process, by the word after <c>select:</c>.</summary>
    /// <param name="name">In the report; null for the policy's.</param>
    public static ContenderPlan Of(string policy, HedgePolicy? hedge = null, string? name = null) =>
        new(name ?? policy, given => new RouterContender(given, SelectionPolicies.Create(policy)!, hedge));

    public async ValueTask<Served?> SendAsync(SimulatedRequest request)
    {
        using var deadline = new RequestDeadline(
            _route.Timeouts.Total, _given.Time, host: null, CancellationToken.None);
        bool hasBegun = false;
        var facts = new SelectionFacts(_route.Name, _route, Stream: true, request.PromptTokens) { Request = request };
        AttemptResult<SimulatedAnswer> result = await _loop.RunAsync(
            facts,
            _selector.Select(facts).Targets,
            deadline,
            (target, _, token) => AskAsync(_upstreams[target.Provider.Name], token));
        return result.Succeeded ? new Served(result.Value, result.Answering, facts) : null;

        // Of two attempts at once the first to have content is the answer, as where it goes to a client.
        async ValueTask<AttemptOutcome<SimulatedAnswer>> AskAsync(Upstream upstream, CancellationToken token)
        {
            AttemptOutcome<SimulatedAnswer> outcome =
                await upstream.AskAsync(request, _route.Timeouts.FirstByte, token);
            if (outcome.Succeeded && hasBegun)
            {
                outcome.Value.Dispose();
                throw new BeatenException();
            }

            hasBegun |= outcome.Succeeded;
            return outcome;
        }
    }
}
