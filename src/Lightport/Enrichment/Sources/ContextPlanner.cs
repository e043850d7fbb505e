using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Mcp;

namespace Lightport.Enrichment.Sources;

/// <summary>Settles which sources of a route are asked for a request, and what, before any of them is.</summary>
internal sealed class ContextPlanner(IGatewayConfigurationSource configuration, RequestFormulas formulas)
{
    /// <param name="isFirstTurn">Those for the system's words are asked too.</param>
    /// <param name="caller">For whom.</param>
    /// <returns>In the route's order.</returns>
    /// <exception cref="GatewayException">What a formula goes by is malformed.</exception>
    public IReadOnlyList<SourcePlan> Plan(Exchange exchange, McpCaller caller, bool isFirstTurn)
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
                .Where(source => isFirstTurn || source.Place != ContextPlace.System),
        ];
        bool readsMetadata = Array.Exists(sources, source => source.Formulas.Any(formula => formula.ReadsMetadata));
        RequestValues values = formulas.For(exchange, current.Routing, readsMetadata);
        return [.. sources.Select(source => SourcePlan.Of(source, values, caller)).OfType<SourcePlan>()];
    }
}
