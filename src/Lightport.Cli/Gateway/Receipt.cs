using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>What became of one request (docs/management.md).</summary>
internal sealed record Receipt
{
    public string? Id { get; init; }

    public DateTimeOffset? ReceivedAt { get; init; }

    public string? Endpoint { get; init; }

    public bool Stream { get; init; }

    public int Status { get; init; }

    public KeyFacts? Key { get; init; }

    public string? Model { get; init; }

    public string? Tool { get; init; }

    public string? Route { get; init; }

    public string? Rule { get; init; }

    public string? Tag { get; init; }

    public IReadOnlyList<string>? FailedRules { get; init; }

    public IReadOnlyList<string>? PassedOver { get; init; }

    public IReadOnlyList<Attempt>? Attempts { get; init; }

    public IReadOnlyList<LimitFacts>? Limits { get; init; }

    public string? Finish { get; init; }

    public ErrorFacts? Error { get; init; }

    public IReadOnlyList<string>? AnswerDropped { get; init; }

    public IReadOnlyList<LeftOutFacts>? LeftOut { get; init; }

    public int ToolRuns { get; init; }

    public decimal ToolCostUsd { get; init; }

    public decimal? CostUsd { get; init; }

    public double DurationMs { get; init; }

    public double? FirstByteMs { get; init; }

    internal sealed record KeyFacts(string? Id, string? Name, IReadOnlyDictionary<string, string>? Tags);

    /// <param name="Name">Its path in the configuration.</param>
    internal sealed record LeftOutFacts(string? Name, string? Reason);

    /// <param name="Unit"><c>nano_usd</c> for billionths of a dollar; null in receipts of older gateways.</param>
    internal sealed record LimitFacts(
        string? Limit, string? Subject, string? Outcome, string? Unit, long Asked, long? Used);

    internal sealed record ErrorFacts(string? Stage, string? Kind, int Status, string? Code);

    internal sealed record Attempt(
        string? Provider,
        string? Model,
        string? Account,
        double StartedMs,
        double WaitedMs,
        double DurationMs,
        ErrorFacts? Error,
        IReadOnlyList<string>? Dropped,
        IReadOnlyDictionary<string, JsonElement>? Tokens,
        decimal? CostUsd,
        string? Unpriced);
}
