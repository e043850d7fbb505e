using System.Globalization;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>What one table says of one model.</summary>
/// <param name="Now">What it costs on the day of the tables; one of the history's.</param>
internal sealed record Offer(string Source, PriceHistory History, ModelPrice Now)
{
    /// <summary>Input and output, as the report shows a price.</summary>
    public static string Summary(ModelPrice price) => Summary(price.Standard.Base);

    public static string Summary(Rates rates) => $"{Text(rates.Input)}/{Text(rates.Output)}";

    public static string Text(decimal? value) => value?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "-";
}
