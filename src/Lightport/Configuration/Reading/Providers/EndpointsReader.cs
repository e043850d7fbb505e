using Lightport.Configuration.Yaml;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>endpoints</c> of a provider: what this installation says of one, over what the catalog does, as in
/// <c>endpoints: { openai-chat: { path: /chat, stream-usage: off }, openai-embeddings: /embed }</c>.
/// </summary>
internal static class EndpointsReader
{
    public const string Key = "endpoints";

    public static Provider Apply(Provider provider, Section section, ReadingContext context)
    {
        string path = $"{section.Path}.{Key}";
        var endpoints = new OrderedDictionary<string, ProviderEndpoint>(provider.Endpoints, StringComparer.Ordinal);
        foreach ((ScalarNode dialect, YamlNode node) in Entries(section))
        {
            if (!endpoints.ContainsKey(dialect.Value)
                && !context.Catalog.Dialects.Contains(EndpointWords.DialectOf(dialect.Value)))
            {
                string near = NearNames.Question(dialect.Value, context.Catalog.Dialects);
                section.Errors.Add(dialect, $"'{dialect.Value}' in {path} is no dialect"
                    + (near.Length > 0 ? near : $"; there are {string.Join(", ", context.Catalog.Dialects)}."));
                continue;
            }

            ProviderEndpoint? known = endpoints.GetValueOrDefault(dialect.Value);
            if (EndpointReader.Read(node, $"{path}.{dialect.Value}", known, provider, section.Errors) is { } endpoint)
            {
                endpoints[dialect.Value] = endpoint;
            }
        }

        return provider with { Endpoints = endpoints };
    }

    public static IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> Entries(Section provider) =>
        Section.Entries(provider.Find(Key), $"{provider.Path}.{Key}", provider.Errors);

    /// <summary>Whether the endpoint's path was written here, and is not the catalog's.</summary>
    public static bool HasOwnPath(Section provider, string dialect) =>
        (provider.Find(Key) as MappingNode)?.Find(dialect) switch
        {
            ScalarNode => true,
            MappingNode endpoint => endpoint.Find(EndpointWords.PathKey) is not null,
            _ => false,
        };

    public static IReadOnlyDictionary<string, ProviderEndpoint> Each(
        IReadOnlyDictionary<string, ProviderEndpoint> endpoints, Func<ProviderEndpoint, ProviderEndpoint> change)
    {
        var changed = new OrderedDictionary<string, ProviderEndpoint>(StringComparer.Ordinal);
        foreach ((string dialect, ProviderEndpoint endpoint) in endpoints)
        {
            changed[dialect] = change(endpoint);
        }

        return changed;
    }
}
