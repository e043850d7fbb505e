namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Words of the Messages wire (https://platform.claude.com/docs/en/api/messages) and the gateway's own on it.
/// </summary>
internal static class AnthropicMessagesWire
{
    public const string VersionHeader = "anthropic-version";

    /// <summary>
    /// Written on every translated request: from 2026-10-21 on the API refuses temperature, top_p and top_k
    /// (https://platform.claude.com/docs/en/api/versioning).
    /// </summary>
    public const string Version = "2023-06-01";

    public const string BetaHeader = "anthropic-beta";

    /// <summary>
    /// Needed by every source of type <c>file</c> (https://platform.claude.com/docs/en/build-with-claude/files).
    /// </summary>
    public const string FilesBeta = "files-api-2025-04-14";

    /// <summary>
    /// Needed by <c>thinking.block_binding</c>
    /// (https://platform.claude.com/docs/en/build-with-claude/preserved-thinking).
    /// </summary>
    public const string BindingBeta = "thinking-binding-controls-2026-08-01";

    /// <summary>Stands in an answer whose model was not shown all thinking that was sent back to it.</summary>
    public const string ThinkingDropped = "thinking_dropped";

    /// <summary>The number in the answer of <c>count_tokens</c>.</summary>
    public const string CountField = "input_tokens";

    /// <summary>
    /// The tool whose input stands in for a structured answer where the model takes no schema. Its call is turned back
    /// into text, so that no client ever sees it.
    /// </summary>
    public const string StructuredOutputTool = "lightport_structured_output";

    /// <summary>The most output tokens, which the API demands, where neither client nor catalog says.</summary>
    public const int DefaultMaxTokens = 4096;

    /// <summary>
    /// The most marks of the cache in a request (https://platform.claude.com/docs/en/build-with-claude/prompt-caching).
    /// </summary>
    public const int MostCacheMarks = 4;

    /// <summary>The least budget that the API takes.</summary>
    public const int LeastThinkingBudget = 1024;
}
