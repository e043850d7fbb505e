using Lightport.Conversation;
using Lightport.Providers;

namespace Lightport.Routing.Eligibility;

/// <summary>
/// Passes over whoever cannot do it by what is known of its model: what the configuration says, and where it says
/// nothing, the built-in data. Both may be less than what is true by now, and a schema or a limit that a model does not
/// know the gateway makes up for: so none is passed over for it unless another is left.
/// </summary>
internal sealed class KnownLimitFilter(ModelFactsCatalog catalog, ModelSenses senses) : ITargetFilter
{
    public FilterEffect Effect => FilterEffect.Yields;

    public string? WhyNot(Target target, in SelectionFacts request)
    {
        // A route's only target is asked in any case.
        if (request.Route.Targets.Count == 1 || request.Request is not { } asked)
        {
            return null;
        }

        ModelFacts? facts = catalog.Find(target.Provider.Provider.Id, target.KnownAs);
        (Traits own, Traits general) = (target.Traits, target.Provider.Traits);
        var limits = new ModelLimits
        {
            Context = own.ContextLength ?? general.ContextLength ?? facts?.ContextTokens,
            Output = own.MaxOutputTokens ?? general.MaxOutputTokens ?? facts?.OutputTokens,
            Tools = own.Tools ?? general.Tools ?? facts?.Tools,
            Schema = own.StructuredOutput ?? general.StructuredOutput ?? facts?.StructuredOutput,
            Input = senses.Of(target),
        };
        return limits == default ? null : limits.WhyNot(asked.Needs);
    }
}
