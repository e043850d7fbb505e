using System.Text.Json;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>A price that a table has from a day on, and that a vendor's page says will not come.</summary>
/// <param name="Since">The day.</param>
/// <param name="Family">What the names of the models have in them that it is said of.</param>
internal sealed record CalledOff(DateOnly Since, string Family)
{
    public static CalledOff Read(JsonElement price) => new(
        DateOnly.ParseExact(price.GetProperty("since").GetString()!, "yyyy-MM-dd"),
        price.GetProperty("models").GetString()!);

    /// <summary>The prices of a table without it.</summary>
    public PriceHistory Without(string model, PriceHistory history) =>
        model.Contains(Family, StringComparison.Ordinal)
            ? new PriceHistory([.. history.Prices.Where(price => price.Since != Since)])
            : history;
}
