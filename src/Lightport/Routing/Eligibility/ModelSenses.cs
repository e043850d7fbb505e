using Lightport.Conversation;
using Lightport.Providers;

namespace Lightport.Routing.Eligibility;

/// <summary>
/// What models take beside text: what the configuration says, and where it says nothing, the built-in data.
/// </summary>
internal sealed class ModelSenses(ModelFactsCatalog catalog)
{
    /// <summary>Null where that is not known.</summary>
    public ContentKinds? Of(Target target) =>
        InputWords.Kinds(target.Traits.Input ?? target.Provider.Traits.Input)
        ?? Kinds(catalog.Find(target.Provider.Provider.Id, target.KnownAs)?.Input);

    private static ContentKinds? Kinds(Modalities? modalities) => modalities is not { } all ? null :
        (all.HasFlag(Modalities.Image) ? ContentKinds.Image : ContentKinds.None)
        | (all.HasFlag(Modalities.Audio) ? ContentKinds.Audio : ContentKinds.None)
        | (all.HasFlag(Modalities.Video) ? ContentKinds.Video : ContentKinds.None)
        | (all.HasFlag(Modalities.File) ? ContentKinds.File : ContentKinds.None);
}
