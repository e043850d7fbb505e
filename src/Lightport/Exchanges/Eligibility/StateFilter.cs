using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Routing;
using Lightport.Routing.Eligibility;

namespace Lightport.Exchanges.Eligibility;

/// <summary>
/// Knows who cannot read the state of earlier thinking that a request brings back (signatures, encrypted reasoning):
/// whoever made it can, and often nobody else.
/// </summary>
/// <param name="refuses">Judges for the routes that refuse; else for those that do without the state.</param>
internal sealed class StateFilter(CallPlanner planner, bool refuses) : ITargetFilter
{
    public FilterEffect Effect => refuses ? FilterEffect.Bars : FilterEffect.Defers;

    public string? WhyNot(Target target, in SelectionFacts request)
    {
        Route route = request.Route;
        if (route.RefusesUnreadableState != refuses
            || (route.Targets.Count == 1 && !refuses)
            || request.Request is not Exchange { IsCount: false } exchange
            || exchange.States is not { Makers.Count: > 0 } states
            || PlanOf(target, exchange.Asked) is not { } plan)
        {
            return null;
        }

        foreach (OpaqueState maker in states.Makers)
        {
            if (!plan.Reads(maker))
            {
                return $"It cannot read what '{states.Field}' holds, which another has made.";
            }
        }

        return null;
    }

    /// <summary>Null where there is none: what is wrong with the target is told when it is asked.</summary>
    private CallPlan? PlanOf(Target target, DialectOperation asked)
    {
        try
        {
            return planner.Plan(target, asked);
        }
        catch (GatewayException)
        {
            return null;
        }
    }
}
