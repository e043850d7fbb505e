using System.Text.RegularExpressions;

namespace Lightport.Providers;

/// <summary>Finds the family's own name in the many names under which a model is resold.</summary>
internal static partial class ModelName
{
    private const string Anywhere = "global.";

    // https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
    private static readonly string[] Regions =
        ["us.", "eu.", "apac.", "jp.", "au.", "ca.", "us-gov.", Anywhere];

    // https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html
    private static readonly string[] Vendors =
    [
        "ai21.", "amazon.", "anthropic.", "cohere.", "deepseek.", "google.", "meta.", "minimax.", "mistral.",
        "moonshot.", "moonshotai.", "nvidia.", "openai.", "qwen.", "twelvelabs.", "writer.", "xai.", "zai.",
    ];

    /// <summary>
    /// <c>openai/gpt-5</c>, <c>accounts/fireworks/models/x</c> → what follows the last slash;
    /// <c>us.anthropic.claude-…</c> → what follows Bedrock's region and vendor; Claude's versions with hyphens.
    /// </summary>
    public static string Normalize(string model)
    {
        string name = model[(model.LastIndexOf('/') + 1)..].ToLowerInvariant();
        name = Without(Vendors, Without(Regions, name));
        return name.StartsWith("claude", StringComparison.Ordinal) ? name.Replace('.', '-') : name;
    }

    /// <summary>
    /// <c>us.anthropic.claude-…</c> → <c>anthropic.claude-…</c>: an inference profile that stays in one geography. What
    /// may run anywhere (<c>global.</c>) is another thing, at another price.
    /// </summary>
    public static string WithoutRegion(string model)
    {
        foreach (string region in Regions)
        {
            if (region != Anywhere && model.StartsWith(region, StringComparison.Ordinal))
            {
                return model[region.Length..];
            }
        }

        return model;
    }

    /// <summary>
    /// <c>gpt-4o-2024-08-06</c>, <c>claude-sonnet-4-5-20250929</c>, <c>claude-opus-4-8@default</c>, <c>x-latest</c> →
    /// what stands before the snapshot; null where the name has none.
    /// </summary>
    public static string? WithoutSnapshot(string model)
    {
        foreach (ValueMatch match in Snapshot().EnumerateMatches(model))
        {
            return model[..match.Index];
        }

        return null;
    }

    [GeneratedRegex(@"(@[a-z0-9]+|-(latest|20\d\d-?[01]\d-?[0-3]\d)(-v\d+(:\d+)?)?|-v\d+:\d+)$")]
    private static partial Regex Snapshot();

    private static string Without(string[] prefixes, string name)
    {
        foreach (string prefix in prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return name[prefix.Length..];
            }
        }

        return name;
    }
}
