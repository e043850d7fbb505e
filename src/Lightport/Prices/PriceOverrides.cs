using System.IO.Enumeration;

namespace Lightport.Prices;

/// <summary>What this installation says that models of one provider cost, over all that is known of them.</summary>
/// <param name="prices">By the model's name there, or by a pattern of names with <c>*</c>.</param>
internal sealed class PriceOverrides(IReadOnlyDictionary<string, ModelPrice> prices)
{
    private readonly KeyValuePair<string, ModelPrice>[] _patterns =
    [
        .. prices.Where(price => price.Key.Contains('*', StringComparison.Ordinal))
            .OrderByDescending(price => price.Key.Length),
    ];

    /// <summary>Of what is answered here, by nobody who sends a bill.</summary>
    public static PriceOverrides Free { get; } = new(new Dictionary<string, ModelPrice>
    {
        ["*"] = new(new PriceSheet(new Rates { Input = 0, Output = 0 }), "built-in"),
    });

    public static PriceOverrides None { get; } = new(new Dictionary<string, ModelPrice>());

    /// <summary>By the name itself, else by the longest pattern that fits; null where neither is there.</summary>
    public ModelPrice? Find(string model)
    {
        if (prices.TryGetValue(model, out ModelPrice? exact))
        {
            return exact;
        }

        foreach ((string pattern, ModelPrice price) in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false))
            {
                return price;
            }
        }

        return null;
    }
}
