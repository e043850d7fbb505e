using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges.Preferences;
using Lightport.Exchanges.Rules;
using Lightport.Routing;
using Lightport.Routing.Preferences;
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
        string model = Named(exchange, table, out PreferredSort? variant);
        ModelAllowList allowed = exchange.Caller!.Models;
        if (allowed.Check(model) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        // a Rules
        rules.Apply(exchange, table, trials);

        // b Resolve
        RouteQuestion question = Question(exchange, model, table);
        Route route = exchange.Rule?.Route ?? Resolve(allowed, question, table);
        route = Prefer(exchange, route, variant, table);
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
    /// The name that is looked up: the one that was said, but for a suffix that is no part of it.
    /// </summary>
    /// <param name="variant">What the suffix asks for; null where the name has none.</param>
    private static string Named(Exchange exchange, RoutingTable table, out PreferredSort? variant)
    {
        variant = ModelVariant.Of(exchange.Model, out string name);
        if (variant is null
            || (!table.Models.ContainsKey(exchange.Model)
                && RouteResolver.Resolve(table, Question(exchange, name, table)).Route is { } route
                && !RoutingPreferences.AreAllKeptBy(route.Targets, exchange.Asked.Endpoint)))
        {
            return name;
        }

        variant = null;
        return exchange.Model;
    }

    /// <summary>The route as the request wishes it.</summary>
    /// <exception cref="GatewayException">What it wishes is malformed, or cannot be kept to.</exception>
    private static Route Prefer(Exchange exchange, Route route, PreferredSort? variant, RoutingTable table)
    {
        string endpoint = exchange.Asked.Endpoint;
        if (RoutingPreferences.AreAllKeptBy(route.Targets, endpoint))
        {
            return route;
        }

        RoutingPreferences? wanted = PreferenceReader.Read(exchange);
        if (variant is { } sort)
        {
            wanted ??= new RoutingPreferences { Endpoint = endpoint };
            wanted = wanted with { Sort = wanted.Sort ?? sort };
        }

        if (wanted is null)
        {
            return route;
        }

        exchange.Preferences = wanted;
        var others = new List<Route>(wanted.Models.Count);
        for (int i = 0; i < wanted.Models.Count; i++)
        {
            Route other = FindOther(exchange, wanted.Models[i], i, table);

            // Where a rule leads, whoever runs the gateway has decided: no client leads away from there.
            if (exchange.Rule?.Route is null && wanted.Models[i] != exchange.Model)
            {
                others.Add(other);
            }
        }

        return PreferredRoute.Of(route, others, wanted);
    }

    private static Route FindOther(Exchange exchange, string model, int place, RoutingTable table)
    {
        ModelAllowList allowed = exchange.Caller!.Models;
        try
        {
            return allowed.Check(model) is { } refusal
                ? throw new GatewayException(refusal)
                : Resolve(allowed, Question(exchange, model, table), table);
        }
        catch (GatewayException e)
        {
            throw new GatewayException(e.Error with { Param = $"{RoutingFields.Models}[{place}]" }, e);
        }
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
        MayUse = exchange.Caller.Models.Filter,
    };
}
