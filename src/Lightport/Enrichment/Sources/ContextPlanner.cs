using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Enrichment.Sources;

/// <summary>Settles which sources of a route are asked for a request, and what, before any of them is.</summary>
internal sealed class ContextPlanner(IGatewayConfigurationSource configuration, RequestFormulas formulas)
{
    /// <param name="isFirstTurn">Those for the system's words are asked too.</param>
    /// <param name="caller">For whom.</param>
    /// <returns>In the route's order; those that are tools are not among them.</returns>
    /// <exception cref="GatewayException">What a formula goes by is malformed.</exception>
    public IReadOnlyList<SourcePlan> Plan(Exchange exchange, McpCaller caller, bool isFirstTurn) => Plan(
        exchange,
        caller,
        place => place == ContextPlace.Turn || (isFirstTurn && place == ContextPlace.System));

    /// <summary>The same for those that the model asks itself.</summary>
    public IReadOnlyList<SourcePlan> PlanTools(Exchange exchange, McpCaller caller) =>
        Plan(exchange, caller, place => place == ContextPlace.Tool);

    /// <summary>Whether a route may have such.</summary>
    public bool HasTools(Route route) =>
        route.Context.Any(name => configuration.Current.Context.Find(name) is { Place: ContextPlace.Tool });

    private IReadOnlyList<SourcePlan> Plan(Exchange exchange, McpCaller caller, Func<ContextPlace, bool> isAsked)
    {
        if (exchange.Route!.Context.Count == 0)
        {
            return [];
        }

        GatewayConfiguration current = configuration.Current;
        ContextSource[] sources =
        [
            .. exchange.Route.Context
                .Select(current.Context.Find)
                .OfType<ContextSource>()
                .Where(source => isAsked(source.Place)),
        ];
        if (sources.Length == 0)
        {
            return [];
        }

        bool readsMetadata = Array.Exists(sources, source => source.Formulas.Any(formula => formula.ReadsMetadata));
        RequestValues values = formulas.For(exchange, current.Routing, readsMetadata);
        return [.. sources.Select(source => SourcePlan.Of(source, values, caller)).OfType<SourcePlan>()];
    }
}
