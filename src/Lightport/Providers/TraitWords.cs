namespace Lightport.Providers;

/// <summary>The names of traits and the words that they are said in, wherever they are written.</summary>
internal static class TraitWords
{
    public const string MaxOutputTokensKey = "max-output-tokens";
    public const string ContextLengthKey = "context-length";
    public const string TokensPerSecondKey = "tokens-per-second";
    public const string ToolsKey = "tools";
    public const string InputKey = "input";
    public const string ThinkingKey = "thinking";
    public const string EffortsKey = "efforts";
    public const string StructuredOutputKey = "structured-output";
    public const string ForcedToolsKey = "forced-tools";
    public const string SignedCallsKey = "signed-calls";
    public const string BindsThinkingKey = "binds-thinking";
    public const string MediaInResultsKey = "media-in-results";
    public const string SchemaBesideToolsKey = "schema-beside-tools";
    public const string SamplingKey = "sampling";
    public const string SystemTurnsKey = "system-turns";
    public const string DeveloperRoleKey = "developer-role";
    public const string StreamUsageKey = "stream-usage";
    public const string SafetyIdentifierKey = "safety-identifier";
    public const string CustomToolsKey = "custom-tools";
    public const string ReasoningFieldKey = "reasoning-field";
    public const string CacheBreakpointsKey = "cache-breakpoints";
    public const string EndpointKey = "endpoint";
    public const string EndpointAlwaysKey = "endpoint-always";

    public static IReadOnlyList<string> Keys { get; } =
    [
        MaxOutputTokensKey, ContextLengthKey, ToolsKey, InputKey, ThinkingKey, EffortsKey, StructuredOutputKey,
        ForcedToolsKey, SamplingKey, SystemTurnsKey,
        DeveloperRoleKey, StreamUsageKey, SafetyIdentifierKey, ReasoningFieldKey, CacheBreakpointsKey, EndpointKey,
        EndpointAlwaysKey, SignedCallsKey, BindsThinkingKey, MediaInResultsKey, SchemaBesideToolsKey, CustomToolsKey,
        TokensPerSecondKey,
    ];

    /// <summary>What a model takes; each takes text.</summary>
    public static IReadOnlyList<string> Inputs { get; } = ["text", "image", "audio", "video", "file"];

    /// <summary>
    /// How a model is told how much to think: not at all, by a word, by a number of tokens, or it decides itself.
    /// </summary>
    public static IReadOnlyList<string> Thinking { get; } = ["none", "effort", "budget", "adaptive"];

    /// <summary>From the least to the most.</summary>
    public static IReadOnlyList<string> Efforts { get; } =
        ["none", "minimal", "low", "medium", "high", "xhigh", "max"];

    /// <summary>
    /// Where a system turn may stand: wherever the client put it, all in one at the start, or only at the start and
    /// after that as text in the user's turn.
    /// </summary>
    public static IReadOnlyList<string> SystemTurns { get; } = ["in-place", "merged", "in-user-turn"];

    /// <summary>
    /// Fields that earlier reasoning goes back in: chat's, of which the last two hold its state too, and Responses' for
    /// thinking that is not encrypted.
    /// </summary>
    public static IReadOnlyList<string> ReasoningFields { get; } =
        ["reasoning_content", "reasoning", "reasoning_details", "extra_content", "reasoning_text"];
}
