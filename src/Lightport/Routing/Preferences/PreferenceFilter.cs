using Lightport.Prices;
using Lightport.Routing.Eligibility;

namespace Lightport.Routing.Preferences;

/// <summary>
/// Passes over whom the request itself does not want. What is not known of a target (its price, what its provider does
/// with data, how its weights are stored) is no yes.
/// </summary>
internal sealed class PreferenceFilter(PriceBook prices, TimeProvider clock) : ITargetFilter
{
    public FilterEffect Effect => FilterEffect.Bars;

    public string? WhyNot(Target target, in SelectionFacts request) =>
        request.Preferences is not { } wanted || wanted.AreKeptBy(target)
            ? null
            : WrongProvider(target, wanted)
                ?? WrongData(target, wanted)
                ?? WrongQuantization(target, wanted.Quantizations)
                ?? (wanted.MaxPrice is { } most ? TooDear(target, most, request.PromptTokens) : null);

    private static string? WrongProvider(Target target, RoutingPreferences wanted) => true switch
    {
        _ when wanted.Only is { } only && ProviderSlug.PlaceIn(only, target) is null =>
            "It is none of those in 'provider.only'.",
        _ when ProviderSlug.PlaceIn(wanted.Ignore, target) is not null => "It is one of those in 'provider.ignore'.",
        _ when !wanted.AllowFallbacks && wanted.Order.Count > 0
            && ProviderSlug.PlaceIn(wanted.Order, target) is null =>
            "It is none of those in 'provider.order', and 'provider.allow_fallbacks' is false.",
        _ => null,
    };

    private static string? WrongData(Target target, RoutingPreferences wanted)
    {
        DataPolicy said = target.Data.Over(target.Provider.Data);
        return true switch
        {
            _ when wanted.ZeroRetention && said.KeepsNothing != true =>
                "'provider.zdr' wants nothing kept, and the gateway's configuration does not say so of it.",
            _ when wanted.NoTraining && said.NeverTrains != true =>
                "'provider.data_collection' is deny, and the configuration does not say that it never trains.",
            _ => null,
        };
    }

    private static string? WrongQuantization(Target target, IReadOnlyList<string>? wanted) =>
        wanted is null || wanted.Contains(target.Quantization ?? target.Provider.Quantization ?? Quantizations.Unknown)
            ? null
            : "Its quantization is none of 'provider.quantizations', or not configured.";

    private string? TooDear(Target target, PriceLimit most, long promptTokens)
    {
        if (target.Price(prices, clock.GetUtcNow()) is not { } price)
        {
            return "Its price is not known, and 'provider.max_price' names one.";
        }

        Rates rates = price.Standard.For(promptTokens);
        return true switch
        {
            _ when most.Prompt is { } prompt && !(rates.Input <= prompt) =>
                "A prompt costs more than 'provider.max_price.prompt', or an unknown price.",
            _ when most.Completion is { } completion
                && !(rates.Output <= completion && (rates.Reasoning ?? 0) <= completion) =>
                "An answer costs more than 'provider.max_price.completion', or an unknown price.",
            _ when (rates.Request ?? 0) > most.Request => "A request costs more than 'provider.max_price.request'.",
            _ => null,
        };
    }
}
