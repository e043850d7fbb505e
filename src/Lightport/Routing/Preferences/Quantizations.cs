namespace Lightport.Routing.Preferences;

/// <summary>How a model's weights may be stored, in OpenRouter's words.</summary>
internal static class Quantizations
{
    /// <summary>Nobody has said it.</summary>
    public const string Unknown = "unknown";

    public static IReadOnlyList<string> All { get; } =
        ["int4", "int8", "fp4", "fp6", "fp8", "fp16", "bf16", "fp32", Unknown];
}
