using Lightport.Conversation;
using Lightport.Providers;

namespace Lightport.Routing.Eligibility;

/// <summary>
/// Passes over for good whoever cannot do it by what the configuration says: context length, tools, what it takes. A
/// prompt's length is guessed, and right within a factor of two: it counts by half here, so that none is refused that
/// would have fitted.
/// </summary>
internal sealed class ConfiguredLimitFilter : ITargetFilter
{
    public FilterEffect Effect => FilterEffect.Bars;

    public string? WhyNot(Target target, in SelectionFacts request)
    {
        (Traits own, Traits general) = (target.Traits, target.Provider.Traits);
        if ((ReferenceEquals(own, Traits.Unsaid) && ReferenceEquals(general, Traits.Unsaid))
            || request.Request is not { } asked)
        {
            return null;
        }

        var limits = new ModelLimits
        {
            Context = own.ContextLength ?? general.ContextLength,
            Tools = own.Tools ?? general.Tools,
            Input = InputWords.Kinds(own.Input ?? general.Input),
        };
        return limits == default
            ? null
            : limits.WhyNot(asked.Needs with { PromptTokens = asked.Needs.PromptTokens / 2 });
    }
}
