namespace Lightport.Management;

/// <summary>What the targets of models cost.</summary>
/// <param name="At">The day, in UTC, whose prices these are.</param>
internal sealed record PricesAnswer(string At, IReadOnlyList<PricesAnswer.TargetPrice> Prices)
{
    /// <param name="Region">Where its provider's addresses are, as its settings say; null where they do not.</param>
    /// <param name="From">Who says so, with the date of that source; null where the price is unknown.</param>
    /// <param name="Since">The first day, in UTC; null where it held before anything that is known.</param>
    /// <param name="Standard">As it is served where nothing else is asked for; null where the price is unknown.</param>
    /// <param name="Services">By the service's word: <c>flex</c>, <c>priority</c>, <c>batch</c>, <c>fast</c>.</param>
    internal sealed record TargetPrice(
        string Provider,
        string Model,
        string? Region,
        string? From,
        string? Since,
        Sheet? Standard,
        IReadOnlyDictionary<string, Sheet> Services);

    /// <param name="Rates">US dollars for a million tokens of each class, for a request and for a search.</param>
    /// <param name="Tiers">The rates of whole requests whose prompt is longer, from the shortest.</param>
    internal sealed record Sheet(IReadOnlyDictionary<string, decimal> Rates, IReadOnlyList<Tier> Tiers);

    /// <param name="Above">Prompts of more tokens than these.</param>
    internal sealed record Tier(long Above, IReadOnlyDictionary<string, decimal> Rates);
}
