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
        if (exchange.Caller!.Models.Check(exchange.Model) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        RouteQuestion question = Question(exchange, exchange.Model, table);
        RouteResult result = RouteResolver.Resolve(table, question);
        Route route = result.Route ?? throw new GatewayException(result.Error!);

        // A key that tells nothing of its provider is taken to be for the first that was asked for.
        exchange.KeyOwner = question.KeyProvider ?? route.Targets[0].Provider;
        return route;
    }

    /// <summary>Whether this caller could ask for a model of that name.</summary>
    public static bool Finds(Exchange exchange, string model, RoutingTable table) =>
        exchange.Caller!.Models.Allows(model)
        && RouteResolver.Resolve(table, Question(exchange, model, table)).Route is not null;

    private static RouteQuestion Question(Exchange exchange, string model, RoutingTable table) => new(model)
    {
        Provider = exchange.Context.Request.Headers["x-lightport-provider"],
        KeyProvider = exchange.Caller!.PresentedKey is { } key ? table.KeyPrefixes.Find(key) : null,
        MayUse = exchange.Caller.Models.Allows,
    };
}
