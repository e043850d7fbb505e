namespace Lightport.Usage.Receipts;

/// <summary>What became of one request, as whoever runs the gateway reads it; nothing of its content.</summary>
internal sealed record Receipt
{
    /// <summary>First of all, so that a line can be told by how it begins.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset EndedAt { get; init; }

    public required string Endpoint { get; init; }

    public required bool Stream { get; init; }

    public required int Status { get; init; }

    public required KeyFacts? Key { get; init; }

    /// <summary>The model that the client asked for.</summary>
    public required string? Model { get; init; }

    /// <summary>The MCP server's tool that the client itself called.</summary>
    public required string? Tool { get; init; }

    public required string? Route { get; init; }

    public required string? Rule { get; init; }

    public required IReadOnlyList<string> FailedRules { get; init; }

    public required string? Tag { get; init; }

    /// <summary>Targets that were not asked, or after all others, each with its reason.</summary>
    public required IReadOnlyList<string> PassedOver { get; init; }

    public required IReadOnlyList<AttemptFacts> Attempts { get; init; }

    public required IReadOnlyList<MetLimit> Limits { get; init; }

    public required string? Finish { get; init; }

    public required ErrorFacts? Error { get; init; }

    /// <summary>The provider's id of the answer.</summary>
    public required string? ResponseId { get; init; }

    /// <summary>What of the answer the client's dialect could not say.</summary>
    public required IReadOnlyList<string> AnswerDropped { get; init; }

    /// <summary>What of its route's tools and context could not be had.</summary>
    public required IReadOnlyList<LeftOut> LeftOut { get; init; }

    /// <summary>How often tools of MCP servers were run for it.</summary>
    public required int ToolRuns { get; init; }

    /// <summary>What that cost.</summary>
    public required decimal ToolCostUsd { get; init; }

    /// <summary>Of all attempts and runs of tools; null where an attempt has no known price.</summary>
    public required decimal? CostUsd { get; init; }

    public required double DurationMs { get; init; }

    public required double? FirstByteMs { get; init; }

    /// <summary>The part of the duration that was spent waiting for providers.</summary>
    public required double ProviderMs { get; init; }

    internal sealed record KeyFacts(string? Id, string Name, IReadOnlyDictionary<string, string> Tags);

    /// <param name="Code">The gateway's own; a provider's may be anything, and is left out.</param>
    internal sealed record ErrorFacts(string Stage, string Kind, int Status, string? Code);

    /// <param name="StartedMs">From the request's arrival.</param>
    /// <param name="WaitedMs">The pause before it, after the attempt before.</param>
    /// <param name="Dropped">The request's fields that the target could not carry.</param>
    /// <param name="Unpriced">What has no known price; null where all has.</param>
    internal sealed record AttemptFacts(
        string Provider,
        string Model,
        string? Account,
        double StartedMs,
        double WaitedMs,
        double DurationMs,
        ErrorFacts? Error,
        IReadOnlyList<string> Dropped,
        TokenFacts? Tokens,
        decimal? CostUsd,
        string? Unpriced,
        string? PriceVersion);

    internal sealed record TokenFacts(
        long Input,
        long CacheRead,
        long CacheWrite,
        long InputAudio,
        long Output,
        long Reasoning,
        long OutputAudio,
        long WebSearches,
        bool Estimated);
}
