namespace Lightport.Providers;

/// <summary>The format of a catalog file: JSON with kebab-case keys, and an error for every unknown key.</summary>
internal static class CatalogFile
{
    private const string AuthKeys = "scheme, key, name, prefix";

    private static readonly string Keys = string.Join(
        ", ",
        [
            "id", "name", "source", "base-url", "auth", "endpoints", "exact", .. TraitWords.Keys, "parameters",
            "headers", "forward-headers", "account-headers", "key-prefixes", "settings",
        ]);

    /// <param name="file">The file's name, for errors.</param>
    /// <param name="json">Its text.</param>
    /// <exception cref="InvalidDataException">It breaks the format; the message names file and key.</exception>
    public static Provider Parse(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        string? id = null, name = null, baseUrl = null;
        Uri? source = null;
        ProviderAuthentication? auth = null;
        OrderedDictionary<string, string>? endpoints = null;
        bool exact = false;
        Traits traits = Traits.Unsaid;
        IReadOnlyDictionary<string, ParameterRules>? parameters = null;
        OrderedDictionary<string, string>? headers = null, settings = null;
        List<string>? forwardHeaders = null, accountHeaders = null, keyPrefixes = null;

        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "id": id = reader.String(); break;
                case "name": name = reader.String(); break;
                case "source": source = reader.Address(); break;
                case "base-url": baseUrl = reader.String(); break;
                case "auth": auth = Authentication(ref reader); break;
                case "endpoints": endpoints = reader.StringMap(); break;
                case "exact": exact = reader.Boolean(); break;
                case "parameters": parameters = ParameterRulesFile.Parse(ref reader); break;
                case "headers": headers = reader.StringMap(); break;
                case "forward-headers": forwardHeaders = reader.Strings(); break;
                case "account-headers": accountHeaders = reader.Strings(); break;
                case "key-prefixes": keyPrefixes = LongestFirst(reader.Strings()); break;
                case "settings": settings = reader.StringMap(); break;
                default:
                    if (!TraitsFile.TryRead(ref reader, key, ref traits))
                    {
                        throw reader.UnknownKey(Keys);
                    }

                    break;
            }
        }

        reader.End();
        return new Provider
        {
            Id = id ?? throw reader.Missing("id"),
            Name = name ?? throw reader.Missing("name"),
            Source = source ?? throw reader.Missing("source"),
            BaseUrl = baseUrl ?? throw reader.Missing("base-url"),
            Authentication = auth ?? throw reader.Missing("auth"),
            Endpoints = endpoints ?? throw reader.Missing("endpoints"),
            Exact = exact,
            Traits = traits,
            Parameters = parameters ?? new Dictionary<string, ParameterRules>(),
            Headers = headers ?? [],
            ForwardHeaders = forwardHeaders ?? [],
            AccountHeaders = accountHeaders ?? [],
            KeyPrefixes = keyPrefixes ?? [],
            Settings = settings ?? [],
        };
    }

    private static ProviderAuthentication Authentication(ref StrictJsonReader reader)
    {
        AuthenticationScheme? scheme = null;
        string? keyVariable = null, name = null;
        string prefix = "";
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "scheme": scheme = Scheme(ref reader); break;
                case "key": keyVariable = reader.String(); break;
                case "name": name = reader.String(); break;
                case "prefix": prefix = reader.String(); break;
                default: throw reader.UnknownKey(AuthKeys);
            }
        }

        if (scheme is AuthenticationScheme.Header or AuthenticationScheme.Query && name is null)
        {
            throw reader.Missing("name");
        }

        return new ProviderAuthentication(scheme ?? throw reader.Missing("scheme"), keyVariable, name, prefix);
    }

    private static AuthenticationScheme Scheme(ref StrictJsonReader reader) => reader.String() switch
    {
        "none" => AuthenticationScheme.None,
        "bearer" => AuthenticationScheme.Bearer,
        "header" => AuthenticationScheme.Header,
        "query" => AuthenticationScheme.Query,
        _ => throw reader.Error("must be bearer, header, query or none"),
    };

    private static List<string> LongestFirst(List<string> prefixes)
    {
        prefixes.Sort((a, b) => b.Length.CompareTo(a.Length));
        return prefixes;
    }
}
