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
        ConfiguredProvider? owner = caller.PresentedKey is { } key ? table.KeyPrefixes.Find(key) : null;
        var question = new RouteQuestion(exchange.Model)
        {
            Provider = exchange.Context.Request.Headers["x-lightport-provider"],
            KeyProvider = owner,
            MayUse = caller.Models.Allows,
        };
        if (caller.Models.Check(exchange.Model) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        RouteResult result = RouteResolver.Resolve(table, question);
        Route route = result.Route ?? throw new GatewayException(result.Error!);

        // A key that tells nothing of its provider is taken to be for the first that was asked for.
        exchange.KeyOwner = owner ?? route.Targets[0].Provider;
        return route;
    }
}
