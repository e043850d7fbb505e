using Lightport.Conversation;

namespace Lightport.Routing;

/// <summary>
/// Chooses the route of a request, in this order: an exact entry under <c>models</c>; the most specific wildcard there;
/// <c>provider/model</c>; the header <c>x-lightport-provider</c>; the provider that a bring-your-own key tells. An
/// exact name allocates nothing, any other only the first time. A rule that a request meets goes before all these.
/// </summary>
public static class RouteResolver
{
    /// <returns>The route, or a 404 <c>model_not_found</c> that lists near names.</returns>
    public static RouteResult Resolve(RoutingTable table, in RouteQuestion question)
    {
        string model = question.Model;
        if (Find(table, model) is { } route)
        {
            return new RouteResult(route);
        }

        if (!table.Direct)
        {
            return new RouteResult(UnknownModel.Error(table, question));
        }

        if (question.Provider is { Length: > 0 } name)
        {
            return table.Providers.TryGetValue(name, out ConfiguredProvider? provider)
                ? new RouteResult(At(table, provider, model))
                : new RouteResult(UnknownModel.ProviderError(table, name));
        }

        return question.KeyProvider is { } owner
            ? new RouteResult(At(table, owner, model))
            : new RouteResult(UnknownModel.Error(table, question));
    }

    /// <summary>What a name alone leads to; null where that is nowhere.</summary>
    internal static Route? Find(RoutingTable table, string model) =>
        table.Models.TryGetValue(model, out Route? route)
        || (route = table.Derived.Find(null, model)) is not null
        || (route = Derive(table, model)) is not null
            ? route
            : null;

    /// <summary>
    /// The one target behind <c>provider/model</c>, or null where no provider of that name is configured.
    /// </summary>
    internal static Target? ParseTarget(IReadOnlyDictionary<string, ConfiguredProvider> providers, string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && slash < text.Length - 1
            && providers.TryGetValue(text[..slash], out ConfiguredProvider? found)
            ? new Target(found, text[(slash + 1)..])
            : null;
    }

    private static Route? Derive(RoutingTable table, string model)
    {
        foreach (WildcardRoute wildcard in table.Wildcards)
        {
            if (wildcard.Matches(model))
            {
                return table.Derived.Add(null, model, wildcard.For(model));
            }
        }

        return table.Direct && ParseTarget(table.Providers, model) is { } target
            ? table.Derived.Add(null, model, Direct(target))
            : null;
    }

    private static Route At(RoutingTable table, ConfiguredProvider provider, string model)
    {
        if (table.Derived.Find(provider.Name, model) is { } known)
        {
            return known;
        }

        return table.Derived.Add(provider.Name, model, Direct(new Target(provider, model)));
    }

    private static Route Direct(Target target) =>
        new(target.ToString(), (target with { NamedByClient = true }).AtAccounts()) { IsDirect = true };
}
