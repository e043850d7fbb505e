namespace Lightport.Management;

/// <summary>Where a request would go.</summary>
/// <param name="Route">Null where a rule refuses the request; nothing after it is known then.</param>
/// <param name="Rule">The rule that the request meets; null where it meets none.</param>
/// <param name="Rules">The rules that were asked, in their order.</param>
/// <param name="Tag">What a rule marks the request with.</param>
/// <param name="Denied">What the client is told that a rule refuses; null where none does.</param>
/// <param name="PassedOver">The targets that something speaks against.</param>
/// <param name="Key">The id of the key that was asked about; null for none.</param>
internal sealed record ExplainAnswer(
    string Model,
    string Endpoint,
    bool Stream,
    string? Route,
    string? Rule,
    IReadOnlyList<ExplainAnswer.RuleFacts> Rules,
    string? Tag,
    string? Denied,
    string? Selection,
    string? Key,
    ExplainAnswer.RetryFacts? Retry,
    ExplainAnswer.TimeoutFacts? Timeout,
    IReadOnlyList<ExplainAnswer.TargetFacts> Targets,
    IReadOnlyList<ExplainAnswer.PassedOverFacts> PassedOver)
{
    /// <param name="Result"><c>matched</c>, <c>not-matched</c>, <c>outside-share</c> or <c>failed</c>; never what it
    /// saw.</param>
    internal sealed record RuleFacts(string Name, string Result);

    /// <param name="AskedLast">It is among the targets, after all others; else it is not asked.</param>
    internal sealed record PassedOverFacts(string Provider, string Model, string? Label, string Reason, bool AskedLast);

    internal sealed record RetryFacts(int Attempts);

    internal sealed record TimeoutFacts(
        string Connect, string FirstByte, string WholeAnswer, string Idle, string Total);

    /// <param name="Mode"><c>passthrough</c> or <c>translated</c>.</param>
    /// <param name="Secret">The name of the secret; never its value.</param>
    /// <param name="Dropped">The request's fields that this target cannot carry.</param>
    /// <param name="Error">Why this target would not be asked; null where it would.</param>
    internal sealed record TargetFacts(
        string Provider,
        string Model,
        string? Label,
        string? Dialect,
        string? Mode,
        string? Url,
        string? Secret,
        IReadOnlyList<string> Dropped,
        string? Error);
}
