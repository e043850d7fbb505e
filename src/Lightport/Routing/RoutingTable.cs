using Lightport.Routing.Rules;

namespace Lightport.Routing;

/// <summary>
/// Everything that routing knows, as of one version of the configuration. Never changes: a new version is a new table.
/// </summary>
public sealed class RoutingTable
{
    /// <param name="version">Tells this table from others in logs.</param>
    /// <param name="providers">In the order of the configuration.</param>
    /// <param name="models">The exact names that clients may ask for, in the order of the configuration.</param>
    /// <param name="wildcards">The names with a star, in any order.</param>
    /// <param name="direct">Whether a configured provider is reached without an entry under <c>models</c>.</param>
    public RoutingTable(
        string version,
        IEnumerable<ConfiguredProvider> providers,
        IEnumerable<Route> models,
        IEnumerable<WildcardRoute> wildcards,
        bool direct = true)
    {
        Version = version;
        ConfiguredProvider[] inOrder = [.. providers];
        Route[] routes = [.. models];
        Providers = inOrder.ToDictionary(provider => provider.Name, StringComparer.Ordinal);
        Models = routes.ToDictionary(route => route.Name, StringComparer.Ordinal);
        ModelNames = [.. routes.Select(route => route.Name)];
        Wildcards = [.. WildcardRoute.BySpecificity(wildcards)];
        KeyPrefixes = new KeyPrefixIndex(inOrder);
        Direct = direct;
    }

    public string Version { get; }

    public IReadOnlyDictionary<string, ConfiguredProvider> Providers { get; }

    public IReadOnlyDictionary<string, Route> Models { get; }

    /// <summary>The exact names, in the order of the configuration, as <c>GET /v1/models</c> lists them.</summary>
    public IReadOnlyList<string> ModelNames { get; }

    /// <summary>Most specific first.</summary>
    public IReadOnlyList<WildcardRoute> Wildcards { get; }

    public KeyPrefixIndex KeyPrefixes { get; }

    /// <summary>
    /// Whether <c>provider/model</c>, the header <c>x-lightport-provider</c> and a bring-your-own key's prefix reach a
    /// provider; where false, only what stands under <c>models</c> is served.
    /// </summary>
    public bool Direct { get; }

    /// <summary>What is said of a provider that is not here; null where nothing is known of others.</summary>
    public AbsentProviders? Absent { get; init; }

    /// <summary>What is asked of a request before its model's name is looked up.</summary>
    internal RuleList Rules { get; init; } = RuleList.None;

    /// <summary>Routes that a request is led to whatever it asked for, by the name that leads there.</summary>
    internal IReadOnlyDictionary<string, Route> LedTo { get; init; } = new Dictionary<string, Route>();

    /// <summary>Routes made from names that matched no exact entry.</summary>
    internal RouteCache Derived { get; } = new();
}
