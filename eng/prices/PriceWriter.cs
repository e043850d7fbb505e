using System.Globalization;
using System.Text;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>Writes what <see cref="PriceFile"/> reads, a line for each model.</summary>
internal static class PriceWriter
{
    public static string Entry(PriceHistory history) => history.Prices.Count == 1
        ? Price(history.Prices[0])
        : $"[{string.Join(", ", history.Prices.Select(Price))}]";

    private static string Price(ModelPrice price)
    {
        var fields = new List<string> { $"\"from\": \"{price.Version.Split(' ')[0]}\"" };
        if (price.Since is { } since)
        {
            fields.Add($"\"since\": \"{since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\"");
        }

        fields.AddRange(Sheet(price.Standard));
        fields.AddRange(price.Services.Select(service => $"\"{service.Key}\": {Object(Sheet(service.Value))}"));
        if (price.Regions.Count > 0)
        {
            fields.Add($"\"regions\": {Object(Regions(price))}");
        }

        return Object(fields);
    }

    /// <summary>Those whose rates are the same stand together.</summary>
    private static IEnumerable<string> Regions(ModelPrice price) => price.Regions
        .GroupBy(region => Object(Sheet(region.Value)), region => region.Key)
        .Select(same => $"\"{string.Join(',', same.SelectMany(names => names.Split(',')).Order())}\": {same.Key}");

    private static IEnumerable<string> Sheet(PriceSheet sheet)
    {
        IEnumerable<string> tiers =
            sheet.Tiers.Select(tier => Object(RatesOf(tier.Rates).Prepend($"\"above\": {tier.Above}")));
        return sheet.Tiers.Count == 0
            ? RatesOf(sheet.Base)
            : RatesOf(sheet.Base).Append($"\"tiers\": [{string.Join(", ", tiers)}]");
    }

    private static IEnumerable<string> RatesOf(Rates rates) =>
        from word in RateWords.All
        let rate = RateWords.Of(rates, word)
        where rate is not null
        select $"\"{word}\": {rate.Value.ToString("0.##########", CultureInfo.InvariantCulture)}";

    private static string Object(IEnumerable<string> fields) => $"{{ {string.Join(", ", fields)} }}";
}
