using System.Text.RegularExpressions;

namespace Lightport.Providers;

/// <summary>Finds the family's own name in the many names under which a model is resold.</summary>
internal static partial class ModelName
{
    /// <summary>
    /// <c>openai/gpt-5</c>, <c>accounts/fireworks/models/x</c> → what follows the last slash;
    /// <c>us.anthropic.claude-…</c> → what follows Bedrock's region and vendor; Claude's versions with hyphens.
    /// </summary>
    public static string Normalize(string model)
    {
        string name = model[(model.LastIndexOf('/') + 1)..].ToLowerInvariant();
        name = BedrockPrefix().Replace(name, "");
        return name.StartsWith("claude", StringComparison.Ordinal) ? name.Replace('.', '-') : name;
    }

    // https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
    [GeneratedRegex(
        @"^(?:(?:us|eu|apac|jp|au|ca|us-gov|global)\.)?(?:ai21|amazon|anthropic|cohere|deepseek|google|meta|minimax|mistral|moonshot|moonshotai|nvidia|openai|qwen|twelvelabs|writer|xai|zai)\.",
        RegexOptions.CultureInvariant)]
    private static partial Regex BedrockPrefix();
}
