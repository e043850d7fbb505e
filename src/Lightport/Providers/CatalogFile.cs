namespace Lightport.Providers;

/// <summary>The format of a catalog file: JSON with kebab-case keys, and an error for every unknown key.</summary>
internal static class CatalogFile
{
    private static readonly string[] TopKeys =
    [
        "id", "name", "source", "base-url", "base-url-for", "auth", "identities", "endpoints", "headers",
        "forward-headers", "account-headers", "key-prefixes", "settings",
        "takes-preferences",
    ];

    /// <param name="file">The file's name, for errors.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="DataFileException">It breaks the format; the message names file and key.</exception>
    public static Provider Parse(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        string? id = null, name = null, baseUrl = null;
        Uri? source = null;
        OrderedDictionary<string, IReadOnlyDictionary<string, string>>? baseUrls = null;
        ProviderAuthentication? auth = null;
        IReadOnlyDictionary<string, ProviderEndpoint>? endpoints = null;
        OrderedDictionary<string, string>? headers = null, settings = null, identities = null;
        bool takesPreferences = false;
        List<string>? forwardHeaders = null, accountHeaders = null, keyPrefixes = null;

        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "id": id = Id(ref reader); break;
                case "name": name = reader.String(); break;
                case "source": source = reader.Address(); break;
                case "base-url": baseUrl = reader.String(); break;
                case "base-url-for": baseUrls = BaseUrls(ref reader); break;
                case "auth": auth = AuthenticationFile.Parse(ref reader, takesKey: true); break;
                case "identities": identities = reader.StringMap(); break;
                case "endpoints": endpoints = EndpointsFile.Parse(ref reader); break;
                case "headers": headers = reader.StringMap(); break;
                case "forward-headers": forwardHeaders = reader.Strings(); break;
                case "account-headers": accountHeaders = reader.Strings(); break;
                case "key-prefixes": keyPrefixes = LongestFirst(reader.Strings()); break;
                case "settings": settings = reader.StringMap(); break;
                case "takes-preferences": takesPreferences = reader.Boolean(); break;
                case var _ when EndpointWords.Keys.Contains(key):
                    throw reader.Error("belongs to an endpoint, beside its path");
                default: throw reader.UnknownKey(TopKeys);
            }
        }

        reader.End();
        return new Provider
        {
            Id = id ?? throw reader.Missing("id"),
            Name = name ?? throw reader.Missing("name"),
            Source = source ?? throw reader.Missing("source"),
            BaseUrl = baseUrl ?? throw reader.Missing("base-url"),
            BaseUrlsFor = baseUrls ?? [],
            Authentication = auth ?? throw reader.Missing("auth"),
            Identities = identities ?? [],
            Endpoints = endpoints ?? throw reader.Missing("endpoints"),
            Headers = headers ?? [],
            ForwardHeaders = forwardHeaders ?? [],
            AccountHeaders = accountHeaders ?? [],
            KeyPrefixes = keyPrefixes ?? [],
            Settings = settings ?? [],
            TakesPreferences = takesPreferences,
        };
    }

    /// <summary>It stands before the slash of <c>provider/model</c>, and in addresses and logs.</summary>
    private static string Id(ref StrictJsonReader reader)
    {
        string id = reader.String();
        return id.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-')
            ? id
            : throw reader.Error("must be of lower-case letters, digits and hyphens");
    }

    private static OrderedDictionary<string, IReadOnlyDictionary<string, string>> BaseUrls(ref StrictJsonReader reader)
    {
        var addresses = new OrderedDictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string setting))
        {
            addresses[setting] = reader.StringMap();
        }

        return addresses;
    }

    private static List<string> LongestFirst(List<string> prefixes)
    {
        prefixes.Sort((a, b) => b.Length.CompareTo(a.Length));
        return prefixes;
    }
}
