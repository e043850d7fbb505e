using Lightport.Prices;

namespace Lightport.Routing.Selection;

/// <summary>Says what a request would cost at a target, before anything of it is sent.</summary>
/// <param name="time">Prices hold from one day to another.</param>
internal sealed class CostEstimator(PriceBook prices, TimeProvider time)
{
    /// <summary>How long an answer is taken to be, in tokens: nobody knows before it is there.</summary>
    private const int TypicalAnswer = 1000;

    /// <summary>
    /// In US dollars, with nothing of the prompt taken to be cached; null where the target's price is not known.
    /// </summary>
    public decimal? Estimate(Target target, in SelectionFacts request) =>
        target.Price(prices, time.GetUtcNow())?.Estimate(request.PromptTokens, TypicalAnswer);
}
