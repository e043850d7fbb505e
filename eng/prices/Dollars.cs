using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>What of a table's numbers is a price.</summary>
internal static class Dollars
{
    /// <summary>
    /// In these tables a zero mostly says that nobody filled it in, or that a plan is paid by the month: it is a price
    /// only where the model's own name says that it is free.
    /// </summary>
    public static decimal? Rate(decimal? value, string model, decimal times = 1) =>
        value is not { } number || number < 0 || (number == 0 && !IsFree(model)) ? null
        : Math.Round(number * times, 8) / 1.0000000000000000000000000000m;

    /// <summary>A sheet with a price in it; null where there is none, or one that no model has.</summary>
    public static PriceSheet? Believed(PriceSheet sheet) =>
        (sheet.Base.Input ?? sheet.Base.Output) is null || All(sheet).Any(rate => rate > RateWords.Highest)
            ? null
            : sheet;

    private static IEnumerable<decimal?> All(PriceSheet sheet) =>
        from rates in sheet.Tiers.Select(tier => tier.Rates).Prepend(sheet.Base)
        from word in RateWords.All
        select RateWords.Of(rates, word);

    private static bool IsFree(string model) =>
        model.EndsWith(":free", StringComparison.OrdinalIgnoreCase)
        || model.EndsWith("-free", StringComparison.OrdinalIgnoreCase);
}
