namespace Lightport.Providers;

/// <summary>
/// The format of <c>endpoints</c>: dialect to a path alone, or to an object of a path and what is true of that
/// endpoint.
/// </summary>
internal static class EndpointsFile
{
    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static IReadOnlyDictionary<string, ProviderEndpoint> Parse(ref StrictJsonReader reader)
    {
        var endpoints = new OrderedDictionary<string, ProviderEndpoint>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string dialect))
        {
            endpoints[dialect] = reader.IsObject ? Endpoint(ref reader) : new ProviderEndpoint(Path(ref reader));
        }

        return endpoints;
    }

    private static ProviderEndpoint Endpoint(ref StrictJsonReader reader)
    {
        var endpoint = new ProviderEndpoint("");
        Traits traits = Traits.Unsaid;
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            endpoint = key switch
            {
                EndpointWords.PathKey => endpoint with { Path = Path(ref reader) },
                EndpointWords.StreamPathKey => endpoint with { StreamPath = Path(ref reader) },
                EndpointWords.ExactKey => endpoint with { Exact = reader.Boolean() },
                EndpointWords.AuthenticationKey => endpoint with
                {
                    Authentication = AuthenticationFile.Parse(ref reader, takesKey: false),
                },
                EndpointWords.ParametersKey => endpoint with { Parameters = ParameterRulesFile.ParseRules(ref reader) },
                EndpointWords.HeadersKey => endpoint with { Headers = reader.StringMap() },
                EndpointWords.ForwardHeadersKey => endpoint with { ForwardHeaders = reader.Strings() },
                EndpointWords.FramingKey => endpoint with { Framing = reader.Word(EndpointWords.Framings) },
                EndpointWords.ModelPrefixKey => endpoint with { ModelPrefix = reader.String() },
                EndpointWords.ModelsKey => endpoint with { Models = reader.Strings() },
                _ when TraitsFile.TryRead(ref reader, key, ref traits) => endpoint with { Traits = traits },
                _ => throw reader.UnknownKey(EndpointWords.Keys),
            };
        }

        return seen.Contains(EndpointWords.PathKey) ? endpoint : throw reader.Missing(EndpointWords.PathKey);
    }

    private static string Path(ref StrictJsonReader reader)
    {
        string path = reader.String();
        return EndpointWords.IsPath(path) ? path : throw reader.Error(EndpointWords.NoPath);
    }
}
