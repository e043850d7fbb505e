namespace Lightport.Prices;

/// <summary>What a whole request costs whose prompt is long.</summary>
/// <param name="Above">Prompts of more tokens than these, of all classes of input together.</param>
internal sealed record PriceTier(long Above, Rates Rates);
