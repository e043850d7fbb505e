using Lightport.Routing;
using Lightport.Routing.Eligibility;

namespace Lightport.Exchanges.Eligibility;

/// <summary>
/// Passes over whoever has no endpoint where this could be asked. A route's only target says so itself, and what cannot
/// be counted anywhere is estimated.
/// </summary>
internal sealed class EndpointFilter(CallPlanner planner) : ITargetFilter
{
    public FilterEffect Effect => FilterEffect.Bars;

    public string? WhyNot(Target target, in SelectionFacts request) =>
        request.Route.Targets.Count > 1
        && request.Request is Exchange { IsCount: false } exchange
        && !planner.Reaches(target, exchange.Asked)
            ? $"It has no endpoint for {exchange.Asked.Dialect} requests."
            : null;
}
