using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Tests.Routing;

/// <summary>Providers and tables that tests are written with.</summary>
internal static class TestRoutes
{
    public static ConfiguredProvider Provider(string name, params string[] keyPrefixes) => new(
        name,
        new Provider
        {
            Id = name,
            Name = name,
            Source = new Uri("https://example.com"),
            BaseUrl = "https://example.com/v1",
            Authentication = new ProviderAuthentication(AuthenticationScheme.Bearer, "KEY"),
            Endpoints = new Dictionary<string, ProviderEndpoint> { ["openai-chat"] = new("/chat/completions") },
            KeyPrefixes = keyPrefixes,
        },
        "KEY");

    /// <summary>A target as it is written: <c>openai/gpt-4o</c>.</summary>
    public static Target Target(string text) =>
        new(Provider(text[..text.IndexOf('/')]), text[(text.IndexOf('/') + 1)..]);

    public static Route Route(string name, params string[] targets) => new(name, [.. targets.Select(Target)]);

    /// <summary>A request for that route's name.</summary>
    public static SelectionFacts Asking(Route route, bool stream = false) => new(route.Name, route, stream, 1);

    public static WildcardRoute Wildcard(string pattern, params string[] targets) =>
        new(pattern, Route(pattern, targets));

    public static RoutingTable Table(Route[] models, WildcardRoute[] wildcards, bool direct = true) => new(
        "v1",
        [Provider("openai", "sk-proj-"), Provider("anthropic", "sk-ant-"), Provider("other", "sk-")],
        models,
        wildcards,
        direct);
}
