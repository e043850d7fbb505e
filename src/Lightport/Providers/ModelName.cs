namespace Lightport.Providers;

/// <summary>Finds the family's own name in the many names under which a model is resold.</summary>
internal static class ModelName
{
    // https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
    private static readonly string[] Regions = ["us.", "eu.", "apac.", "jp.", "au.", "ca.", "us-gov.", "global."];

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
