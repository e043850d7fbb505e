using Lightport.Routing.Preferences;

namespace Lightport.Exchanges.Preferences;

/// <summary>
/// What may follow any model's name and says only where it is asked: <c>:nitro</c> for the quickest, <c>:floor</c> for
/// the cheapest (https://openrouter.ai/docs/guides/routing/model-variants). Every other suffix belongs to the name.
/// </summary>
internal static class ModelVariant
{
    private const string Nitro = ":nitro";
    private const string Floor = ":floor";

    /// <summary>The name without its suffix, and what that asks for; null where it has none.</summary>
    public static PreferredSort? Of(string model, out string name)
    {
        if (Without(Nitro, model) is { } quickest)
        {
            name = quickest;
            return PreferredSort.Throughput;
        }

        string? cheapest = Without(Floor, model);
        name = cheapest ?? model;
        return cheapest is null ? null : PreferredSort.Price;
    }

    private static string? Without(string suffix, string model) =>
        model.Length > suffix.Length && model.EndsWith(suffix, StringComparison.Ordinal)
            ? model[..^suffix.Length]
            : null;
}
