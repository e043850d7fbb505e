namespace Lightport.Management;

/// <summary>Where a request would go.</summary>
/// <param name="Rule">The rule that chose the route; null where none did.</param>
/// <param name="Key">The id of the key that was asked about; null for none.</param>
internal sealed record ExplainAnswer(
    string Model,
    string Endpoint,
    bool Stream,
    string Route,
    string? Rule,
    string Selection,
    string? Key,
    ExplainAnswer.RetryFacts Retry,
    ExplainAnswer.TimeoutFacts Timeout,
    IReadOnlyList<ExplainAnswer.TargetFacts> Targets)
{
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
