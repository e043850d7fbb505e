namespace Lightport.Usage;

/// <summary>What a limit had to say of a request.</summary>
/// <param name="Limit">The limit's name, as configured.</param>
/// <param name="Subject">Whose use was counted, as <c>key:1f2e…</c>.</param>
/// <param name="Outcome">What came of it: <c>held</c>, <c>refused</c> or <c>routed</c>.</param>
public sealed record MetLimit(string Limit, string Subject, string Outcome)
{
    /// <summary>
    /// What is counted: <c>requests</c>, <c>tokens</c>, <c>concurrent</c> requests, or <c>nano_usd</c>, which are
    /// billionths of a US dollar; null in records of older releases.
    /// </summary>
    public string? Unit { get; init; }

    /// <summary>What was asked of it, in its own unit.</summary>
    public long Asked { get; init; }

    /// <summary>What was used of it in the end; null where nothing was held.</summary>
    public long? Used { get; init; }
}
