namespace Lightport.Providers;

/// <summary>
/// What must be true of a provider's file beyond its format: that its addresses can be made, and its key be shown. The
/// built-in files are held to it by a test, a host's own where they are read.
/// </summary>
internal static class ProviderFileCheck
{
    private const string WholeAddress = "base-url";
    private const int ShortestKeyPrefix = 3;

    /// <exception cref="DataFileException">It is not; the message names file and key.</exception>
    public static void Run(string file, Provider provider)
    {
        if (provider.Endpoints.Count == 0)
        {
            throw new DataFileException(file, ["endpoints"], "must name at least one");
        }

        CheckAddresses(file, provider);
        CheckAuthentication(file, provider);
        if (provider.KeyPrefixes.FirstOrDefault(prefix => prefix.Length < ShortestKeyPrefix) is { } shortest)
        {
            throw new DataFileException(
                file, ["key-prefixes"], $"has '{shortest}', which is too short to tell one provider's keys by");
        }

        foreach ((string name, ProviderEndpoint endpoint) in provider.Endpoints)
        {
            ParameterRule? reserved = endpoint.Parameters.Rules
                .FirstOrDefault(rule => rule.Field.Top.Name is "model" or "stream");
            if (reserved is not null)
            {
                throw new DataFileException(
                    file, ["endpoints", name, "parameters", reserved.Field.Top.Name], "is set by the gateway itself");
            }
        }
    }

    private static void CheckAddresses(string file, Provider provider)
    {
        Dictionary<string, string> settings = provider.Settings.Keys.ToDictionary(
            name => name,
            name => name == WholeAddress ? "https://configured.example/v1" : "setting");
        var used = new HashSet<string>(EndpointTemplate.Placeholders(provider.BaseUrl));
        foreach ((string name, ProviderEndpoint endpoint) in provider.Endpoints)
        {
            foreach (string path in (string[])[endpoint.Path, endpoint.StreamPath ?? endpoint.Path])
            {
                used.UnionWith(EndpointTemplate.Placeholders(path));
                CheckAddress(file, ["endpoints", name], provider.BaseUrl, path, settings);
            }
        }

        foreach ((string setting, IReadOnlyDictionary<string, string> addresses) in provider.BaseUrlsFor)
        {
            used.Add(setting);
            foreach ((string value, string address) in addresses)
            {
                CheckAddress(file, ["base-url-for", setting, value], address, "/", settings);
            }
        }

        used.UnionWith(EndpointTemplate.Placeholders(provider.Authentication.Scope));
        foreach (ProviderEndpoint endpoint in provider.Endpoints.Values)
        {
            used.UnionWith(EndpointTemplate.Placeholders(endpoint.Authentication?.Scope ?? ""));
        }

        if (provider.Settings.Keys.FirstOrDefault(setting => !used.Contains(setting)) is { } unused)
        {
            throw new DataFileException(file, ["settings", unused], "stands in no address and no scope");
        }
    }

    private static void CheckAddress(
        string file, string[] keys, string baseUrl, string path, Dictionary<string, string> settings)
    {
        try
        {
            EndpointTemplate.Create(baseUrl, path, settings).Expand("model");
        }
        catch (EndpointTemplateException e)
        {
            throw new DataFileException(file, keys, $"makes no address: {e.Message}", e);
        }
    }

    private static void CheckAuthentication(string file, Provider provider)
    {
        bool takesKey = provider.Authentication.Scheme != AuthenticationScheme.None;
        if (takesKey == provider.Authentication.KeyVariable is null)
        {
            throw new DataFileException(
                file, ["auth", "key"], takesKey ? "must name the key" : "names a key that nobody is shown");
        }

        foreach ((string name, ProviderEndpoint endpoint) in provider.Endpoints)
        {
            if (endpoint.Authentication is not null && !takesKey)
            {
                throw new DataFileException(
                    file, ["endpoints", name, "auth"], "shows a key that the provider does not have");
            }
        }
    }
}
