using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// Models that answer with pictures. A picture's tokens cost up to twenty times what a text's do, and the public tables
/// have one price for both, which of some models is the text's.
/// </summary>
internal static class PaintingModels
{
    private static readonly string[] Words = ["-image", "nano-banana"];

    /// <summary>Whether a target is one, and whoever runs the gateway has not said himself what it costs.</summary>
    public static bool Has(Target target) =>
        Words.Any(word => target.KnownAs.Contains(word, StringComparison.OrdinalIgnoreCase))
        && target.OwnPrice() is null;
}
