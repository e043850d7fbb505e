using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Exchanges;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Management;

/// <summary>
/// Tells of one target of a request why it stands where it does, and how the request would be put to it; nothing is
/// sent.
/// </summary>
internal sealed class TargetExplainer(CallPlanner planner, TargetStates states, CostEstimator costs)
{
    public ExplainAnswer.TargetFacts Explain(Exchange exchange, Target target)
    {
        CallPlan? plan = null;
        string? error = null;
        LossLedger? losses = null;
        try
        {
            plan = planner.Plan(target, exchange.Asked);
            losses = CallWriter.Losses(exchange.Route!, plan);
            CallWriter.Write(exchange, target, plan, losses, asEvents: exchange.IsChanged).Dispose();
        }
        catch (GatewayException e)
        {
            error = e.Error.Message;
        }

        Route route = exchange.Route!;
        bool isOwn = route.Targets.Take(route.Own).Contains(target);
        return new ExplainAnswer.TargetFacts(
            target.Provider.Name,
            target.Model,
            target.Provider.Account?.Name,
            target.Label,
            isOwn ? "own" : "fallback",
            Why(exchange, target, isOwn),
            states.Find(target) is { } state ? Away(state) : null,
            plan?.Asked.Dialect,
            plan is null ? null : plan.PassesThrough && !exchange.IsChanged ? "passthrough" : "translated",
            plan?.Address.ToString(),
            target.Provider.SecretName,
            losses is null ? [] : [.. losses.Dropped],
            error);
    }

    /// <summary>The words of what put it in order: its route's selection, or that of the entry it came by.</summary>
    private string? Why(Exchange exchange, Target target, bool isOwn)
    {
        ISelectionPolicy? selection = exchange.Route!.Selection is { } own and not OrderedSelection && isOwn
            ? own
            : target.Selection;

        // What a place goes by is the same whatever chance says.
        var context = new SelectionContext(exchange.Selection, states, () => 0) { Costs = costs };
        return selection?.Why(target, context);
    }

    private static string? Away(TargetState state) => state.Away is not { } left ? null
        : left == TimeSpan.Zero ? "a call is under way that will show whether it is back"
        : state.Breaker == BreakerPhase.Open ? $"its breaker is open for {Rounded(left)} more"
        : $"its provider wants to be left alone for {Rounded(left)} more";

    private static string Rounded(TimeSpan time) => TimeText.Of(TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds)));
}
