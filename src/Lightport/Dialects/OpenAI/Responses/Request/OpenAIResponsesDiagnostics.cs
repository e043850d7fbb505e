namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Prompt cache diagnostics (https://developers.openai.com/api/docs/guides/prompt-caching/diagnostics): why less was
/// reused than of an earlier answer of the same organization.
/// </summary>
internal static class OpenAIResponsesDiagnostics
{
    public static ComparedId Compared { get; } =
        new("prompt_cache_options", "comparison_response_id", saysNull: false);
}
