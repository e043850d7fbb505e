using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>How to answer. Null means that the client did not say.</summary>
public sealed record GenerationOptions
{
    /// <summary>Nothing was said of it.</summary>
    public static GenerationOptions Unsaid { get; } = new();

    /// <summary>The most tokens of the answer, reasoning included.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The client's word for <see cref="MaxOutputTokens"/>, to report it by; null is its dialect's.</summary>
    public string? MaxOutputTokensField { get; init; }

    public double? Temperature { get; init; }

    public double? TopP { get; init; }

    public int? TopK { get; init; }

    public double? FrequencyPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<string> Stop { get; init; } = [];

    /// <summary>How many answers to give to the same prompt.</summary>
    public int? ChoiceCount { get; init; }

    public bool? Logprobs { get; init; }

    public int? TopLogprobs { get; init; }

    public JsonElement? LogitBias { get; init; }

    public ResponseFormat? ResponseFormat { get; init; }

    public ReasoningOptions? Reasoning { get; init; }

    public bool? ParallelToolCalls { get; init; }

    /// <summary>Length of the answer's prose: <c>low</c>, <c>medium</c>, <c>high</c>.</summary>
    public string? Verbosity { get; init; }

    public string? ServiceTier { get; init; }

    /// <summary>The end user's stable, opaque name, for the provider's abuse detection.</summary>
    public string? User { get; init; }

    /// <summary>The field that the client said <see cref="User"/> in, to report it by; null is <c>user</c>.</summary>
    public string? UserField { get; init; }

    public string? PromptCacheKey { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary>What the answer may be made of (<c>text</c>, <c>audio</c>, <c>image</c>); empty means text.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];
}
