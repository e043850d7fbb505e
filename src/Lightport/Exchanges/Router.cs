using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Routing;

namespace Lightport.Exchanges;

/// <summary>Finds the route of a request, for a caller that may use it.</summary>
internal static class Router
{
    /// <exception cref="GatewayException">No route has that name, or the caller's key does not allow it.</exception>
    public static Route Route(Exchange exchange, RoutingTable table)
    {
        ModelAllowList allowed = exchange.Caller!.Models;
        if (allowed.Check(exchange.Model) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        RouteQuestion question = Question(exchange, exchange.Model, table);
        RouteResult result = RouteResolver.Resolve(table, question);
        Route route = result.Route ?? throw new GatewayException(result.Error!);
        if (CheckPlace(allowed, question, route) is { } elsewhere)
        {
            throw new GatewayException(elsewhere);
        }

        route = ProviderIds.Narrow(exchange, route);

        // A key that tells nothing of its provider is taken to be for the first that was asked for.
        exchange.KeyOwner = question.KeyProvider ?? route.Targets[0].Provider;
        return route;
    }

    /// <summary>Whether this caller could ask for a model of that name.</summary>
    public static bool Finds(Exchange exchange, string model, RoutingTable table)
    {
        ModelAllowList allowed = exchange.Caller!.Models;
        RouteQuestion question = Question(exchange, model, table);
        return allowed.Allows(model)
            && RouteResolver.Resolve(table, question).Route is { } route
            && CheckPlace(allowed, question, route) is null;
    }

    /// <summary>
    /// What the header leads to is otherwise asked for as <c>provider/model</c>: a key must allow that name too.
    /// </summary>
    private static GatewayError? CheckPlace(ModelAllowList allowed, in RouteQuestion question, Route route) =>
        question.Provider is { Length: > 0 } provider && route.Name == $"{provider}/{question.Model}"
            ? allowed.Check(route.Name)
            : null;

    private static RouteQuestion Question(Exchange exchange, string model, RoutingTable table) => new(model)
    {
        Provider = exchange.Context.Request.Headers["x-lightport-provider"],
        KeyProvider = exchange.Caller!.PresentedKey is { } key ? table.KeyPrefixes.Find(key) : null,
        MayUse = exchange.Caller.Models.Allows,
    };
}
