namespace Lightport.Prices;

/// <summary>All prices of one model, each from its day until the next one's.</summary>
/// <param name="prices">The oldest first.</param>
internal sealed class PriceHistory(IReadOnlyList<ModelPrice> prices)
{
    public IReadOnlyList<ModelPrice> Prices { get; } = prices;

    /// <summary>Null before the first day that a price is known of.</summary>
    public ModelPrice? At(DateTimeOffset moment)
    {
        DateOnly day = DateOnly.FromDateTime(moment.UtcDateTime);
        for (int i = Prices.Count - 1; i >= 0; i--)
        {
            if (Prices[i].Since is not { } since || day >= since)
            {
                return Prices[i];
            }
        }

        return null;
    }
}
