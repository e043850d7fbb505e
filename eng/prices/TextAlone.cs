using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>
/// Prices of models that answer with pictures, of which the tables say what a text costs and not what a picture does,
/// though it is many times as much: what the text costs stays for what is thought, and their output has no price.
/// </summary>
internal static class TextAlone
{
    public static PriceHistory Of(PriceHistory history) => new([.. history.Prices.Select(Of)]);

    private static ModelPrice Of(ModelPrice price) => price with
    {
        Standard = Of(price.Standard),
        Services = price.Services.ToDictionary(service => service.Key, service => Of(service.Value)),
        Regions = price.Regions.ToDictionary(region => region.Key, region => Of(region.Value)),
    };

    private static PriceSheet Of(PriceSheet sheet) => new(Of(sheet.Base))
    {
        Tiers = [.. sheet.Tiers.Select(tier => tier with { Rates = Of(tier.Rates) })],
    };

    private static Rates Of(Rates rates) => rates with { Output = null, Reasoning = rates.Reasoning ?? rates.Output };
}
