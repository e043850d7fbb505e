using Lightport.Configuration.Yaml;
using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads how an endpoint is shown its provider's key: <c>auth: { scheme: header, name: x-api-key }</c>.
/// </summary>
internal static class EndpointAuthenticationReader
{
    private static readonly SectionKeys Keys = new(EndpointWords.AuthenticationKeys, []);

    /// <summary>Null where it is shown as everywhere at the provider, or something is wrong.</summary>
    public static ProviderAuthentication? Read(Section endpoint)
    {
        string path = $"{endpoint.Path}.{EndpointWords.AuthenticationKey}";
        if (endpoint.Find(EndpointWords.AuthenticationKey) is not { } node
            || Section.Read(node, path, Keys, endpoint.Errors)
                is not { } section)
        {
            return null;
        }

        AuthenticationScheme? scheme = section.Word(EndpointWords.SchemeKey, EndpointWords.Schemes);
        string? name = section.Text(EndpointWords.NameKey);
        if (section.Find(EndpointWords.SchemeKey) is null)
        {
            section.Errors.Add(node, $"{path} needs '{EndpointWords.SchemeKey}'.");
        }
        else if (EndpointWords.NeedsName(scheme) && name is null)
        {
            section.Errors.Add(node, $"{path} needs '{EndpointWords.NameKey}'.");
        }
        else if (scheme is AuthenticationScheme.Token && section.Find(EndpointWords.ScopeKey) is null)
        {
            section.Errors.Add(node, $"{path} needs '{EndpointWords.ScopeKey}'.");
        }
        else if (scheme is AuthenticationScheme.Header && !HttpHeaderNames.IsName(name!))
        {
            section.Errors.Add(node, $"{path} has a name that no HTTP header can have.");
        }

        return scheme is { } known
            ? new ProviderAuthentication(known, null, name, section.Text(EndpointWords.PrefixKey) ?? "")
            {
                Scope = section.Text(EndpointWords.ScopeKey) ?? "",
            }
            : null;
    }
}
