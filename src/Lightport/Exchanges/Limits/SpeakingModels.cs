using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// Models that answer aloud. A token of speech costs several times what one of text does, and some public tables have
/// the text's price alone.
/// </summary>
internal static class SpeakingModels
{
    private const string Always = "audio";

    /// <summary>Names of models of which some speak, and others only listen.</summary>
    private static readonly string[] Perhaps = ["omni", "realtime"];

    public static bool Has(Target target, ModelFacts? known) =>
        target.Model.Contains(Always, StringComparison.OrdinalIgnoreCase)
        || (known?.Output is { } output && output.HasFlag(Modalities.Audio)
            && Perhaps.Any(word => target.Model.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
