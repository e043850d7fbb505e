using Lightport.Configuration.Yaml;
using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>Reads one endpoint: its path alone, or a mapping with the keys that it has in a catalog file.</summary>
internal static class EndpointReader
{
    private static readonly SectionKeys Keys = new(EndpointWords.Keys, []);

    /// <param name="known">What the catalog says of it; null where it has no such endpoint.</param>
    /// <returns>The endpoint, or what is known of it where something is wrong.</returns>
    public static ProviderEndpoint? Read(
        YamlNode node, string path, ProviderEndpoint? known, Provider provider, ConfigurationErrors errors)
    {
        if (node is ScalarNode)
        {
            return Path(node, path, provider, errors) is { } whole
                ? (known ?? new ProviderEndpoint(whole)) with { Path = whole, StreamPath = null }
                : known;
        }

        if (Section.Read(node, path, Keys, errors) is not { } section)
        {
            return known;
        }

        string? own = Path(section, EndpointWords.PathKey, provider);
        if (known is null && section.Find(EndpointWords.PathKey) is null)
        {
            errors.Add(node, $"{path} needs '{EndpointWords.PathKey}', as the catalog has no such endpoint.");
        }

        ProviderEndpoint said = known ?? new ProviderEndpoint("/");
        ProviderAuthentication? shown = EndpointAuthenticationReader.Read(section) ?? said.Authentication;
        string?[] keyHeaders = [shown?.Name, provider.Authentication.Name];
        return said with
        {
            Path = own ?? said.Path,
            StreamPath = Path(section, EndpointWords.StreamPathKey, provider) ?? (own is null ? said.StreamPath : null),
            Exact = section.Boolean(EndpointWords.ExactKey) ?? said.Exact,
            Traits = TraitsReader.ReadKeys(section).Over(said.Traits),
            Authentication = shown,
            Parameters = Parameters(section) ?? said.Parameters,
            Headers = HeadersReader.Over(HeadersReader.Read(section, keyHeaders), said.Headers),
            ForwardHeaders = section.Find(EndpointWords.ForwardHeadersKey) is null
                ? said.ForwardHeaders
                : HeadersReader.ReadForwarded(section, keyHeaders),
            Models = Models(section) ?? said.Models,
            ModelPrefix = section.Text(EndpointWords.ModelPrefixKey) ?? said.ModelPrefix,
            Framing = section.Word(EndpointWords.FramingKey, EndpointWords.Framings) ?? said.Framing,
        };
    }

    private static List<string>? Models(Section section)
    {
        if (section.Find(EndpointWords.ModelsKey) is not { } node)
        {
            return null;
        }

        string path = $"{section.Path}.{EndpointWords.ModelsKey}";
        return [.. Section.Items(node, path, section.Errors)
            .Select(item => Section.TextOf(item, path, section.Errors)).OfType<string>()];
    }

    private static string? Path(Section section, string key, Provider provider) => section.Find(key) is { } node
        ? Path(node, $"{section.Path}.{key}", provider, section.Errors)
        : null;

    private static string? Path(YamlNode node, string path, Provider provider, ConfigurationErrors errors)
    {
        if (Section.TextOf(node, path, errors) is not { } text)
        {
            return null;
        }

        string? error = EndpointWords.IsPath(text) ? Misplaced(text, provider) : $"{EndpointWords.NoPath}.";
        if (error is not null)
        {
            errors.Add(node, $"{path} {error}");
        }

        return error is null ? text : null;
    }

    private static string? Misplaced(string path, Provider provider)
    {
        try
        {
            return EndpointTemplate.Placeholders(path)
                .Where(name => name != "model" && !provider.Settings.ContainsKey(name))
                .Select(name => $"has '{{{name}}}', which is neither {{model}} nor a setting of the provider.")
                .FirstOrDefault();
        }
        catch (EndpointTemplateException exception)
        {
            return $"is no path: {exception.Message}";
        }
    }

    private static ParameterRules? Parameters(Section endpoint)
    {
        if (endpoint.Find(EndpointWords.ParametersKey) is not { } node)
        {
            return null;
        }

        try
        {
            return ParameterRulesFile.Parse(JsonValues.Convert(node));
        }
        catch (DataFileException exception)
        {
            YamlNode at = node;
            foreach (string key in exception.Keys)
            {
                at = (at as MappingNode)?.Find(key) ?? at;
            }

            string path = string.Join('.', exception.Keys.Prepend($"{endpoint.Path}.{EndpointWords.ParametersKey}"));
            endpoint.Errors.Add(at, $"{path} {exception.What}.");
            return null;
        }
    }
}
