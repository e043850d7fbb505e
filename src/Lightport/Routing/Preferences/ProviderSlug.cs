namespace Lightport.Routing.Preferences;

/// <summary>
/// Tells whether a request means a target's provider: by its name in the configuration, the catalog's id or name, or
/// what OpenRouter calls it. What follows a slash is the label of one of its targets.
/// </summary>
internal static class ProviderSlug
{
    /// <summary>Catalog ids by OpenRouter's words for them, where they are others.</summary>
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["amazon-bedrock"] = "bedrock",
        ["azure"] = "azure-openai",
        ["cloudflare"] = "cloudflare-workers-ai",
        ["fireworks"] = "fireworks-ai",
        ["google-ai-studio"] = "google",
        ["google-vertex"] = "vertex-ai",
        ["mistral"] = "mistral-ai",
        ["novita"] = "novita-ai",
        ["perplexity"] = "perplexity-ai",
        ["together"] = "together-ai",
        ["xai"] = "x-ai",
    };

    public static bool Means(string slug, Target target)
    {
        int slash = slug.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? IsProvider(slug, target.Provider)
            : IsProvider(slug[..slash], target.Provider) && AreSame(slug[(slash + 1)..], target.Label);
    }

    /// <summary>Its place in a list; null where it is not meant.</summary>
    public static int? PlaceIn(IReadOnlyList<string> slugs, Target target)
    {
        for (int i = 0; i < slugs.Count; i++)
        {
            if (Means(slugs[i], target))
            {
                return i;
            }
        }

        return null;
    }

    private static bool IsProvider(string slug, ConfiguredProvider provider) =>
        AreSame(slug, provider.Name)
        || AreSame(slug, provider.Provider.Id)
        || AreSame(slug, provider.Provider.Name)
        || (Aliases.TryGetValue(slug, out string? id) && AreSame(id, provider.Provider.Id));

    private static bool AreSame(string slug, string? name) => slug.Equals(name, StringComparison.OrdinalIgnoreCase);
}
