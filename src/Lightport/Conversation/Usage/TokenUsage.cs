namespace Lightport.Conversation;

/// <summary>Tokens in classes that do not overlap, so that each can have its own price and sums are sums.</summary>
public sealed record TokenUsage
{
    /// <summary>Input text and images that no cache helped with.</summary>
    public long Input { get; init; }

    public long CacheRead { get; init; }

    /// <summary>Written to a cache that lives five minutes, or the provider's default.</summary>
    public long CacheWrite { get; init; }

    /// <summary>Written to a cache that lives one hour.</summary>
    public long CacheWriteLong { get; init; }

    public long InputAudio { get; init; }

    /// <summary>
    /// Output that is neither reasoning nor audio; holds the reasoning too where a provider does not tell it apart.
    /// </summary>
    public long Output { get; init; }

    public long Reasoning { get; init; }

    public long OutputAudio { get; init; }

    /// <summary>Web searches that the provider ran itself; they are billed by the piece, beside the tokens.</summary>
    public long WebSearches { get; init; }

    /// <summary>The model that it is priced as, where the provider had another one answer; else null.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// What other models used inside the answer, each to be priced by itself; null where none did. It is in none of
    /// the counts, as the providers' own counts leave it out too.
    /// </summary>
    public IReadOnlyList<ModelUsage>? OfOthers { get; init; }

    /// <summary>Counted by the gateway, all or in part, because the provider did not tell it to the end.</summary>
    public bool Estimated { get; init; }

    /// <summary>All input, as OpenAI's <c>prompt_tokens</c> counts it.</summary>
    public long Prompt => Sum(Sum(Sum(Sum(Input, CacheRead), CacheWrite), CacheWriteLong), InputAudio);

    /// <summary>All output, as OpenAI's <c>completion_tokens</c> counts it.</summary>
    public long Completion => Sum(Sum(Output, Reasoning), OutputAudio);

    public long Total => Sum(Prompt, Completion);

    /// <summary>Both together, as of one model; estimated where one of them is.</summary>
    public TokenUsage Plus(TokenUsage other) => new()
    {
        Input = Sum(Input, other.Input),
        CacheRead = Sum(CacheRead, other.CacheRead),
        CacheWrite = Sum(CacheWrite, other.CacheWrite),
        CacheWriteLong = Sum(CacheWriteLong, other.CacheWriteLong),
        InputAudio = Sum(InputAudio, other.InputAudio),
        Output = Sum(Output, other.Output),
        Reasoning = Sum(Reasoning, other.Reasoning),
        OutputAudio = Sum(OutputAudio, other.OutputAudio),
        WebSearches = Sum(WebSearches, other.WebSearches),
        OfOthers = OfOthers is null ? other.OfOthers
            : other.OfOthers is null ? OfOthers
            : [.. OfOthers, .. other.OfOthers],
        Estimated = Estimated || other.Estimated,
    };

    /// <summary>What is too much for a number stays the largest one: a sum that wrapped around would be none.</summary>
    private static long Sum(long one, long other) =>
        (long)Int128.Clamp((Int128)one + other, long.MinValue, long.MaxValue);
}
