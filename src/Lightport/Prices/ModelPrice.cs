using Lightport.Conversation;

namespace Lightport.Prices;

/// <summary>What a model costs at one provider from one day on.</summary>
/// <param name="Standard">As it is served where nothing else is asked for.</param>
/// <param name="Version">Who says so and since when, as logs name it.</param>
internal sealed record ModelPrice(PriceSheet Standard, string Version)
{
    private const decimal Million = 1_000_000m;

    /// <summary>The first day, in UTC; null where it held before anything that is known.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>By a service's name: <c>flex</c>, <c>priority</c>, <c>batch</c>, <c>fast</c>.</summary>
    public IReadOnlyDictionary<string, PriceSheet> Services { get; init; } = new Dictionary<string, PriceSheet>();

    /// <summary>By the name of a region whose rates are others than everywhere else's.</summary>
    public IReadOnlyDictionary<string, PriceSheet> Regions { get; init; } = new Dictionary<string, PriceSheet>();

    /// <summary>
    /// The price in a region. Where a region has rates of its own, what other services cost there is not known.
    /// </summary>
    /// <param name="region">As the provider names it; null where nobody said.</param>
    public ModelPrice In(string? region) =>
        region is not null && Regions.TryGetValue(region, out PriceSheet? sheet)
            ? new ModelPrice(sheet, $"{Version} {region}") { Since = Since }
            : this;

    /// <summary>
    /// What a request of that length would cost at the standard service if nothing of it were cached, in US dollars;
    /// null where one that is needed has no known price.
    /// </summary>
    public decimal? Estimate(long promptTokens, long outputTokens)
    {
        Rates rates = Standard.For(promptTokens);
        decimal? prompt = promptTokens == 0 ? 0 : promptTokens * rates.Input;
        decimal? output = outputTokens == 0 ? 0 : outputTokens * rates.Output;
        return ((prompt + output) / Million) + (rates.Request ?? 0);
    }

    /// <summary>What an answer cost.</summary>
    /// <param name="tier">The service that the provider says it was served at; null where it says none.</param>
    public Cost Of(TokenUsage usage, string? tier = null)
    {
        PriceSheet? sheet = Standard;
        if (!ServiceWords.IsStandard(tier) && !Services.TryGetValue(tier!, out sheet))
        {
            return new Cost(null, "service", Version);
        }

        Cost cost = sheet.For(usage.Prompt).Of(usage);
        return cost with { Version = Version };
    }
}
