using Lightport.Routing.Preferences;

namespace Lightport.Exchanges.Preferences;

/// <summary>
/// What may follow any model's name and says only where it is asked: <c>:nitro</c> for the quickest
/// (https://openrouter.ai/docs/guides/routing/model-variants). Every other suffix belongs to the name.
/// </summary>
internal static class ModelVariant
{
    private const string Nitro = ":nitro";

    /// <summary>The name without its suffix, and what that asks for; null where it has none.</summary>
    public static PreferredSort? Of(string model, out string name)
    {
        bool isNitro = model.Length > Nitro.Length && model.EndsWith(Nitro, StringComparison.Ordinal);
        name = isNitro ? model[..^Nitro.Length] : model;
        return isNitro ? PreferredSort.Throughput : null;
    }
}
