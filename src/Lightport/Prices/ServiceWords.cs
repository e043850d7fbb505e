namespace Lightport.Prices;

/// <summary>The ways to be served that vendors have other prices for, as prices are keyed by them.</summary>
internal static class ServiceWords
{
    public const string Flex = "flex";
    public const string Priority = "priority";
    public const string Batch = "batch";

    /// <summary>Claude's fast mode (https://platform.claude.com/docs/en/build-with-claude/fast-mode).</summary>
    public const string Fast = "fast";

    public static IReadOnlyList<string> All { get; } = [Flex, Priority, Batch, Fast];

    /// <summary>Whether a tier, as providers name it in their answers, costs the standard price.</summary>
    public static bool IsStandard(string? tier) => tier is null or "default" or "standard" or "auto" or "on_demand";

    /// <summary>
    /// Whether a service that a request asks for, as vendors call it, never costs more than the standard. What an
    /// account itself chooses (<c>auto</c>) is what its owner pays for.
    /// </summary>
    public static bool IsNeverDearer(string service) =>
        IsStandard(service) || service is Flex or Batch or "standard_only" or "unspecified";
}
