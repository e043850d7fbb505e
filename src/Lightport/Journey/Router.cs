using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Journey;

/// <summary>Finds the route of a request, for a caller that may use it.</summary>
internal static class Router
{
    /// <exception cref="GatewayException">No route has that name, or the caller's key does not allow it.</exception>
    public static Route Route(Exchange exchange, RoutingTable table)
    {
        Caller caller = exchange.Caller!;
        var question = new RouteQuestion(exchange.Model)
        {
            Provider = exchange.Context.Request.Headers["x-lightport-provider"],
            KeyProvider = caller.PresentedKey is { } key ? table.KeyPrefixes.Find(key) : null,
            MayUse = caller.MayUse,
        };
        if (caller.Refuse(exchange.Model) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        RouteResult result = RouteResolver.Resolve(table, question);
        return result.Error is { } error ? throw new GatewayException(error) : result.Route!;
    }
}
