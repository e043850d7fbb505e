using Lightport.Dialects;
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

    /// <summary>Where Gemini's clients say what an answer is to be, in both spellings that its servers read.</summary>
    private static readonly string[] Configurations = ["generationConfig", "generation_config"];

    public static bool Has(Exchange exchange, Target target, ModelFacts? known) =>
        target.KnownAs.Contains(Always, StringComparison.OrdinalIgnoreCase)
        || (known?.Output is { } output && output.HasFlag(Modalities.Audio)
            && Perhaps.Any(word => target.KnownAs.Contains(word, StringComparison.OrdinalIgnoreCase)))
        || (known is null && !target.IsDeployment && IsAskedFor(exchange));

    /// <summary>
    /// Whether an answer aloud is asked for, in chat or of Gemini: a name that nobody knows does not tell that its
    /// model speaks.
    /// </summary>
    private static bool IsAskedFor(Exchange exchange) =>
        exchange.Request.IsJson
        && (NeedFields.IsSaid(exchange.Request.Json, "audio")
            || NeedFields.Mentions(NeedFields.Value(exchange.Request.Json, "modalities"), "audio"u8)
            || Configurations.Any(name =>
                NeedFields.Mentions(NeedFields.Value(exchange.Request.Json, name), "AUDIO"u8)));
}
