using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>auth</c> of a provider: by its key, as without a word; by nothing; or by an identity that the gateway
/// itself runs under (<c>entra</c>).
/// </summary>
internal static class ProviderIdentity
{
    private const string Key = "auth";

    /// <summary>What is shown in a key's place; null where it is the key.</summary>
    public static ProviderAuthentication? Read(Provider provider, Section section, ReadingContext context)
    {
        string? auth = section.Text(Key);
        if (auth is null or "key" || Find(auth, provider, section, context) is not { } identity)
        {
            return null;
        }

        if (section.Find("key") is { } key)
        {
            section.Errors.Add(key, $"{section.Path} has both a key and 'auth: {auth}'; remove one of them.");
        }

        return identity;
    }

    /// <summary>All of its endpoints are shown the same.</summary>
    public static Provider Show(Provider provider, ProviderAuthentication identity) => provider with
    {
        Authentication = identity,
        Endpoints = EndpointsReader.Each(provider.Endpoints, endpoint => endpoint with { Authentication = null }),
    };

    private static ProviderAuthentication? Find(
        string auth, Provider provider, Section section, ReadingContext context)
    {
        if (auth == "none")
        {
            return new ProviderAuthentication(AuthenticationScheme.None, null);
        }

        string? scope = provider.Identities.GetValueOrDefault(auth);
        if (scope is not null && context.Environment.HasIdentity(auth))
        {
            return new ProviderAuthentication(AuthenticationScheme.Token, null, auth) { Scope = scope };
        }

        section.Errors.Add(section.Find(Key)!, scope is not null
            ? $"'{auth}' in {section.Path}.auth is an identity that this gateway does not have, which is built without "
                + "its packages; use key (the default) here."
            : $"'{auth}' in {section.Path}.auth is nothing that {provider.Name} takes; use "
                + $"{string.Join(", ", provider.Identities.Keys.Prepend("key (the default)"))} or none.");
        return null;
    }
}
