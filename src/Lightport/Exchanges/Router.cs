using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges.Rules;
using Lightport.Routing;
using Lightport.Routing.Rules;

namespace Lightport.Exchanges;

/// <summary>Finds the route of a request, for a caller that may use it.</summary>
internal static class Router
{
    /// <param name="trials">Takes every rule that was tried; null where nobody asks.</param>
    /// <exception cref="GatewayException">
    /// No route has that name, the caller's key does not allow it, or a rule refuses the request.
    /// </exception>
    public static Route Route(
        Exchange exchange, RoutingTable table, RequestRules rules, List<RuleTrial>? trials = null)
    {
        ModelAllowList allowed = exchange.Caller!.Models;
        if (allowed.Check(exchange.Model) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        // a Rules
        rules.Apply(exchange, table, trials);

        // b Resolve
        RouteQuestion question = Question(exchange, exchange.Model, table);
        Route route = exchange.Rule?.Route ?? Resolve(allowed, question, table);
        route = ProviderIds.Narrow(exchange, route);

        // A key that tells nothing of its provider is taken to be for the first that was asked for.
        Route asked = exchange.Rule?.Route is null ? route : Asked(exchange, question, table) ?? route;
        exchange.KeyOwner = question.KeyProvider ?? asked.Targets[0].Provider;
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

    private static Route Resolve(ModelAllowList allowed, in RouteQuestion question, RoutingTable table)
    {
        RouteResult result = RouteResolver.Resolve(table, question);
        Route route = result.Route ?? throw new GatewayException(result.Error!);
        return CheckPlace(allowed, question, route) is { } elsewhere
            ? throw new GatewayException(elsewhere)
            : route;
    }

    /// <summary>What the client asked for, whose own key a rule that leads elsewhere must not give away.</summary>
    private static Route? Asked(Exchange exchange, in RouteQuestion question, RoutingTable table) =>
        exchange.Caller!.PresentedKey is null ? null : RouteResolver.Resolve(table, question).Route;

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
