using Lightport.Conversation;
using Lightport.Providers;

namespace Lightport.Routing.Eligibility;

/// <summary>
/// Passes over whoever cannot do it by what is known of its model: what the configuration says, and where it says
/// nothing, the built-in data. Both may be less than what is true by now, and a schema or a limit that a model does not
/// know the gateway makes up for: so none is passed over for it unless another is left.
/// </summary>
internal sealed class KnownLimitFilter(ModelFactsCatalog catalog) : ITargetFilter
{
    public FilterEffect Effect => FilterEffect.Yields;

    public string? WhyNot(Target target, in SelectionFacts request)
    {
        // A route's only target is asked in any case.
        if (request.Route.Targets.Count == 1 || request.Request is not { } asked)
        {
            return null;
        }

        ModelFacts? facts = catalog.Find(target.Provider.Provider.Id, target.Model);
        (Traits own, Traits general) = (target.Traits, target.Provider.Traits);
        var limits = new ModelLimits
        {
            Context = own.ContextLength ?? general.ContextLength ?? facts?.ContextTokens,
            Output = own.MaxOutputTokens ?? general.MaxOutputTokens ?? facts?.OutputTokens,
            Tools = own.Tools ?? general.Tools ?? facts?.Tools,
            Schema = own.StructuredOutput ?? general.StructuredOutput ?? facts?.StructuredOutput,
            Input = InputWords.Kinds(own.Input ?? general.Input) ?? Kinds(facts?.Input),
        };
        return limits == default ? null : limits.WhyNot(asked.Needs);
    }

    private static ContentKinds? Kinds(Modalities? modalities) => modalities is not { } all ? null :
        (all.HasFlag(Modalities.Image) ? ContentKinds.Image : ContentKinds.None)
        | (all.HasFlag(Modalities.Audio) ? ContentKinds.Audio : ContentKinds.None)
        | (all.HasFlag(Modalities.Video) ? ContentKinds.Video : ContentKinds.None)
        | (all.HasFlag(Modalities.File) ? ContentKinds.File : ContentKinds.None);
}
