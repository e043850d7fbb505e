namespace Lightport.Prices;

/// <summary>The rates of one way to be served.</summary>
/// <param name="Base">For prompts that are in no tier.</param>
internal sealed record PriceSheet(Rates Base)
{
    /// <summary>From the shortest prompts to the longest.</summary>
    public IReadOnlyList<PriceTier> Tiers { get; init; } = [];

    /// <param name="promptTokens">All of the input, cached or not.</param>
    public Rates For(long promptTokens)
    {
        Rates rates = Base;
        for (int i = 0; i < Tiers.Count && promptTokens > Tiers[i].Above; i++)
        {
            rates = Tiers[i].Rates;
        }

        return rates;
    }
}
