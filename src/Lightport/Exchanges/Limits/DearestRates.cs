using Lightport.Prices;

namespace Lightport.Exchanges.Limits;

/// <summary>The highest rate of each side of a request that a price has; null where none is known.</summary>
internal readonly record struct DearestRates
{
    /// <summary>
    /// What an hour in a cache costs where its price is not known, as Anthropic has it
    /// (https://platform.claude.com/docs/en/build-with-claude/prompt-caching#pricing).
    /// </summary>
    private const decimal TimesOfLongWrite = 2;

    /// <summary>Dollars for a million tokens.</summary>
    public decimal? Prompt { get; private init; }

    public decimal? Output { get; private init; }

    /// <summary>Dollars for a million tokens of speech; part of <see cref="Output"/>.</summary>
    public decimal? OutputAudio { get; private init; }

    /// <summary>Dollars each.</summary>
    public decimal? Request { get; private init; }

    public decimal? Search { get; private init; }

    /// <summary>Tokens cost nothing beside the fee for each request.</summary>
    public bool IsByRequestAlone => Prompt is null && Output is null && Request is not null;

    /// <param name="promptTokens">At most, as long prompts may cost more a token.</param>
    /// <param name="atAnyService">The request may be served in a way that has a price of its own.</param>
    /// <param name="keepsLong">The request may have its prompt cached for longer than is usual.</param>
    public static DearestRates Of(ModelPrice price, long promptTokens, bool atAnyService, bool keepsLong)
    {
        DearestRates dearest = default;
        dearest = dearest.With(price.Standard, promptTokens, keepsLong);
        if (atAnyService)
        {
            foreach (PriceSheet sheet in price.Services.Values)
            {
                dearest = dearest.With(sheet, promptTokens, keepsLong);
            }
        }

        return dearest;
    }

    private DearestRates With(PriceSheet sheet, long promptTokens, bool keepsLong)
    {
        Rates rates = sheet.For(promptTokens);
        decimal? writeLong = rates.CacheWriteLong
            ?? (keepsLong && rates.CacheWrite is not null ? rates.Input * TimesOfLongWrite : null);
        return new DearestRates
        {
            // A price without a rate for plain input is not known, whatever it says of caches.
            Prompt = rates.Input is null ? Prompt : Larger(
                Prompt, Larger(rates.Input, Larger(Larger(rates.CacheWrite, writeLong), rates.InputAudio))),
            Output = rates.Output is null ? Output : Larger(
                Output, Larger(rates.Output, Larger(rates.Reasoning, rates.OutputAudio))),
            OutputAudio = Larger(OutputAudio, rates.OutputAudio),
            Request = Larger(Request, rates.Request),
            Search = Larger(Search, rates.Search),
        };
    }

    private static decimal? Larger(decimal? one, decimal? other) => one > other ? one : other ?? one;
}
