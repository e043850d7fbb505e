using Lightport.Configuration.Yaml;
using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Fills a provider's settings into its addresses. <c>base-url</c> replaces the catalog's base (scheme, host, prefix);
/// the paths after it stay. An endpoint that the catalog has at an address of its own is then left out, unless it is on
/// the new base's host: what stands in for a provider must not be passed by.
/// </summary>
internal static class ProviderAddresses
{
    private static readonly string[] BaseKey = ["base-url"];

    /// <returns>The provider with nothing but <c>{model}</c> left to fill in, or null where that cannot be
    /// made.</returns>
    public static Provider? Apply(Provider entry, Section section, ScalarNode name)
    {
        Dictionary<string, string> settings = Settings(entry, section);
        if (HasElsewhere(entry, section, settings))
        {
            return null;
        }

        string template = Base(entry, settings);
        if (Missing(entry, template, settings) is { } missing)
        {
            string what = entry.Settings.TryGetValue(missing, out string? description) ? $" ({description})" : "";
            section.Errors.Add(name, $"{section.Path} needs '{missing}'{what}.");
            return null;
        }

        try
        {
            string address = EndpointTemplate.Fill(template, settings);
            var endpoints = new OrderedDictionary<string, ProviderEndpoint>(StringComparer.Ordinal);
            foreach ((string dialect, ProviderEndpoint endpoint) in entry.Endpoints)
            {
                endpoints[dialect] = endpoint with
                {
                    Path = Path(address, endpoint.Path, settings),
                    StreamPath = endpoint.StreamPath is { } path ? Path(address, path, settings) : null,
                    Authentication = endpoint.Authentication is { } shown ? Filled(shown, settings) : null,
                };
            }

            entry = entry with { Authentication = Filled(entry.Authentication, settings) };
            return settings.ContainsKey("base-url")
                ? Replaced(entry, address, endpoints, section, name)
                : entry with { BaseUrl = address, Endpoints = endpoints };
        }
        catch (EndpointTemplateException exception)
        {
            YamlNode at = section.Find(exception.Placeholder) ?? name;
            section.Errors.Add(at, $"{section.Path}: {exception.Message}");
            return null;
        }
    }

    private static Dictionary<string, string> Settings(Provider entry, Section section)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in BaseKey.Union(entry.SettingNames))
        {
            if (section.Find(key) is not null)
            {
                settings[key] = section.Text(key) ?? "";
            }
        }

        return settings;
    }

    /// <summary>
    /// A place that the catalog has no address for would be somewhere else than where it was asked for, and so would
    /// what is sent there.
    /// </summary>
    private static bool HasElsewhere(Provider entry, Section section, Dictionary<string, string> settings)
    {
        int before = section.Errors.Count;
        foreach ((string setting, IReadOnlyDictionary<string, string> addresses) in entry.BaseUrlsFor)
        {
            if (entry.Settings.ContainsKey(setting) || !settings.TryGetValue(setting, out string? value))
            {
                continue;
            }

            if (settings.ContainsKey("base-url"))
            {
                section.Errors.Add(
                    section.Find(setting)!, $"{section.Path} has a 'base-url', so that '{setting}' has no effect.");
            }
            else if (!addresses.ContainsKey(value))
            {
                section.Errors.Add(
                    section.Find(setting)!,
                    $"{section.Path}.{setting} must be one of {string.Join(", ", addresses.Keys)}.");
            }
        }

        return section.Errors.Count > before;
    }

    private static string Base(Provider entry, Dictionary<string, string> settings)
    {
        if (settings.ContainsKey("base-url"))
        {
            return "{base-url}";
        }

        foreach ((string setting, IReadOnlyDictionary<string, string> addresses) in entry.BaseUrlsFor)
        {
            if (settings.TryGetValue(setting, out string? value) && addresses.TryGetValue(value, out string? address))
            {
                return address;
            }
        }

        return entry.BaseUrl;
    }

    private static string? Missing(Provider entry, string template, Dictionary<string, string> settings) =>
        entry.Endpoints.Values.SelectMany(Paths).Concat(Scopes(entry)).Prepend(template)
            .SelectMany(EndpointTemplate.Placeholders)
            .FirstOrDefault(placeholder => placeholder != "model" && !settings.ContainsKey(placeholder));

    private static IEnumerable<string> Scopes(Provider entry) => entry.Endpoints.Values
        .Select(endpoint => endpoint.Authentication)
        .OfType<ProviderAuthentication>()
        .Prepend(entry.Authentication)
        .Select(authentication => authentication.Scope);

    /// <exception cref="EndpointTemplateException">A setting has no place in a scope.</exception>
    private static ProviderAuthentication Filled(
        ProviderAuthentication authentication, Dictionary<string, string> settings) =>
        authentication with { Scope = EndpointTemplate.Fill(authentication.Scope, settings) };

    /// <exception cref="EndpointTemplateException">No address can be made of it.</exception>
    private static string Path(string address, string template, Dictionary<string, string> settings)
    {
        string path = EndpointTemplate.Fill(template, settings);
        EndpointTemplate.Create(address, path, settings).Expand("model");
        return path;
    }

    private static IEnumerable<string> Paths(ProviderEndpoint endpoint) =>
        endpoint.StreamPath is { } path ? [endpoint.Path, path] : [endpoint.Path];

    private static Provider? Replaced(
        Provider entry,
        string address,
        OrderedDictionary<string, ProviderEndpoint> endpoints,
        Section section,
        ScalarNode name)
    {
        string host = new Uri(address).Authority;
        string[] elsewhere =
        [
            .. endpoints.Keys.Where(dialect => !EndpointsReader.HasOwnPath(section, dialect)
                && Paths(endpoints[dialect]).Any(path => IsElsewhere(path, host))),
        ];
        foreach (string dialect in elsewhere)
        {
            endpoints.Remove(dialect);
            section.Errors.Warn(name, $"'base-url' of provider '{name.Value}' leaves out its {dialect} endpoint, "
                + "which the catalog has at an address of its own.");
        }

        if (endpoints.Count == 0)
        {
            section.Errors.Add(
                name, $"{section.Path} has no endpoint left under its 'base-url'; use openai-compatible.");
            return null;
        }

        return entry with { BaseUrl = address, Endpoints = endpoints };
    }

    private static bool IsElsewhere(string path, string host) =>
        path.Contains("://", StringComparison.Ordinal)
        && !(Uri.TryCreate(path, UriKind.Absolute, out Uri? address) && address.Authority == host);
}
