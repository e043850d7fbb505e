using Lightport.Providers;

namespace Lightport.Routing;

/// <summary>The catalog's providers that a configuration could have and has not.</summary>
/// <param name="listed">The configuration lists its providers; else each is there whose key is set.</param>
public sealed class AbsentProviders(ProviderCatalog catalog, bool listed)
{
    /// <summary>What would bring a provider in, in a sentence; null where the catalog has none of that id.</summary>
    public string? Advice(string id) => catalog.Find(id) switch
    {
        null => null,
        { Settings.Count: 0, Authentication.KeyVariable: { } key } when !listed =>
            $"The provider '{id}' has no key here: set {key} where the gateway runs, and start it again.",
        _ => $"The provider '{id}' is not configured here: add it under 'providers' in lightport.yaml.",
    };
}
