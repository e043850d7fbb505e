namespace Lightport.Providers;

/// <summary>The format of <c>auth</c>, of a provider and of an endpoint that is shown the key in another way.</summary>
internal static class AuthenticationFile
{
    private const string KeyVariableKey = "key";
    private const string KeyPartsKey = "key-parts";

    /// <param name="takesKey">Whether the secret is named here; an endpoint's is its provider's.</param>
    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static ProviderAuthentication Parse(ref StrictJsonReader reader, bool takesKey)
    {
        AuthenticationScheme? scheme = null;
        string? keyVariable = null, name = null;
        string prefix = "", scope = "";
        List<string> keyParts = [];
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case EndpointWords.SchemeKey: scheme = reader.Word(EndpointWords.Schemes); break;
                case EndpointWords.NameKey: name = reader.String(); break;
                case EndpointWords.PrefixKey: prefix = reader.String(); break;
                case EndpointWords.ScopeKey: scope = reader.String(); break;
                case KeyPartsKey when takesKey: keyParts = reader.Strings(); break;
                case KeyVariableKey when takesKey: keyVariable = reader.String(); break;
                default:
                    throw reader.UnknownKey(takesKey
                        ? EndpointWords.AuthenticationKeys.Append(KeyVariableKey).Append(KeyPartsKey)
                        : EndpointWords.AuthenticationKeys);
            }
        }

        if (EndpointWords.NeedsName(scheme) && name is null)
        {
            throw reader.Missing(EndpointWords.NameKey);
        }

        if (scheme == AuthenticationScheme.Token && scope.Length == 0)
        {
            throw reader.Missing(EndpointWords.ScopeKey);
        }

        return new ProviderAuthentication(
            scheme ?? throw reader.Missing(EndpointWords.SchemeKey), keyVariable, name, prefix)
        {
            Scope = scope,
            KeyParts = keyParts,
        };
    }
}
