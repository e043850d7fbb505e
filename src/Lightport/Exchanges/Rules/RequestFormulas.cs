using Lightport.Cel;
using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.Rules;
using Lightport.Routing.State;

namespace Lightport.Exchanges.Rules;

/// <summary>Evaluates formulas for requests, by what rules may read of them.</summary>
internal sealed class RequestFormulas(TargetStates states, KeySpend spend)
{
    /// <param name="readsMetadata">What the client says in <c>x-lightport-metadata</c> decides, so that it must be
    /// sound.</param>
    /// <exception cref="GatewayException">That is malformed.</exception>
    public RequestValues For(Exchange exchange, RoutingTable table, bool readsMetadata)
    {
        var variables = new RuleVariables(exchange, table, states, spend);
        if (readsMetadata)
        {
            variables.CheckMetadata();
        }

        return new RequestValues(
            RuleLanguage.Environment.Bind(variables), new CelMeter(cancellation: exchange.Aborted));
    }
}
