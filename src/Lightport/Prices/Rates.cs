using Lightport.Conversation;

namespace Lightport.Prices;

/// <summary>
/// What each class of <see cref="TokenUsage"/> costs, in US dollars for a million tokens. A class that is null has no
/// known price, which is not the same as none.
/// </summary>
internal sealed record Rates
{
    private const decimal Million = 1_000_000m;

    public decimal? Input { get; init; }

    public decimal? CacheRead { get; init; }

    /// <summary>To a cache that lives five minutes, or the provider's default.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>To a cache that lives one hour.</summary>
    public decimal? CacheWriteLong { get; init; }

    public decimal? InputAudio { get; init; }

    public decimal? Output { get; init; }

    /// <summary>
    /// Null where it costs what other output does, as it does at nearly all vendors. Where it is dearer, all of an
    /// answer that was thought about costs it.
    /// </summary>
    public decimal? Reasoning { get; init; }

    public decimal? OutputAudio { get; init; }

    /// <summary>Dollars for each request, beside its tokens; null where there is no such fee.</summary>
    public decimal? Request { get; init; }

    /// <summary>Dollars for each search that the provider runs.</summary>
    public decimal? Search { get; init; }

    /// <summary>
    /// What so many tokens cost, without rounding; unknown where a class that was used has no price, of which the first
    /// is named.
    /// </summary>
    public Cost Of(TokenUsage usage)
    {
        string? unpriced = null;
        decimal prompt =
            Of(usage.Input, Input, RateWords.Input, ref unpriced)
            + Of(usage.CacheRead, CacheRead, RateWords.CacheRead, ref unpriced)
            + Of(usage.CacheWrite, CacheWrite, RateWords.CacheWrite, ref unpriced)
            + Of(usage.CacheWriteLong, CacheWriteLong, RateWords.CacheWriteLong, ref unpriced)
            + Of(usage.InputAudio, InputAudio, RateWords.InputAudio, ref unpriced);
        decimal completion =
            Of(usage.Output, IsOfThinking(usage) ? Reasoning : Output, RateWords.Output, ref unpriced)
            + Of(usage.Reasoning, Reasoning ?? Output, RateWords.Reasoning, ref unpriced)
            + Of(usage.OutputAudio, OutputAudio, RateWords.OutputAudio, ref unpriced);
        decimal fees = Of(usage.WebSearches, Search, RateWords.Search, ref unpriced) + (Request ?? 0);
        return unpriced is not null ? new Cost(null, unpriced, null)
            : new Cost(((prompt + completion) / Million) + fees, null, null)
            {
                Prompt = prompt / Million,
                Completion = completion / Million,
            };
    }

    /// <summary>
    /// A dearer rate of thoughts is that of a mode: what is said after thinking costs it too
    /// (https://www.alibabacloud.com/help/en/model-studio/models). Of an answer that nobody read it is not known
    /// whether the model thought.
    /// </summary>
    private bool IsOfThinking(TokenUsage usage) => Reasoning > Output && (usage.Reasoning > 0 || usage.Estimated);

    private static decimal Of(long amount, decimal? rate, string word, ref string? unpriced)
    {
        if (amount == 0)
        {
            return 0;
        }

        unpriced ??= rate is null ? word : null;
        return amount * (rate ?? 0);
    }
}
