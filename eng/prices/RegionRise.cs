using System.Text.Json;
using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.PriceTables;

/// <summary>What a vendor's page says that tokens cost more at its addresses in a region.</summary>
/// <param name="Regions">As the provider's <c>region</c> names them.</param>
/// <param name="Times">The rates everywhere else by this.</param>
/// <param name="Models">Those that it is said of; null for all.</param>
internal sealed record RegionRise(IReadOnlyList<string> Regions, decimal Times, IReadOnlyList<string>? Models)
{
    public static RegionRise Read(JsonElement rise) => new(
        rise.GetProperty("regions").GetString()!.Split(','),
        rise.GetProperty("times").GetDecimal(),
        rise.At("models") is { } models ? [.. models.EnumerateArray().Select(model => model.GetString()!)] : null);

    /// <summary>The price with what it is in each region; what a table says of one stays.</summary>
    public ModelPrice Of(string model, ModelPrice price)
    {
        if (Models?.Contains(ModelName.WithoutSnapshot(model) ?? model) == false)
        {
            return price;
        }

        PriceSheet risen = new(Risen(price.Standard.Base))
        {
            Tiers = [.. price.Standard.Tiers.Select(tier => tier with { Rates = Risen(tier.Rates) })],
        };
        Dictionary<string, PriceSheet> regions = Regions.ToDictionary(region => region, _ => risen);
        foreach ((string region, PriceSheet said) in price.Regions)
        {
            regions[region] = said;
        }

        return price with { Regions = regions };
    }

    /// <summary>Fees are no tokens.</summary>
    private Rates Risen(Rates rates) => RateWords.All
        .Except([RateWords.Request, RateWords.Search])
        .Where(word => RateWords.Of(rates, word) is not null)
        .Aggregate(rates, (risen, word) => RateWords.With(risen, word, RateWords.Of(rates, word)!.Value * Times)!);
}
