using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Where a request would go (docs/management.md).</summary>
internal sealed record Explanation(
    string? Model,
    string? Endpoint,
    bool Stream,
    string? Route,
    JsonElement Rule,
    IReadOnlyList<ExplainedRule>? Rules,
    JsonElement Tag,
    JsonElement Denied,
    string? Selection,
    JsonElement By,
    JsonElement Key,
    JsonElement Retry,
    JsonElement Timeout,
    Dictionary<string, IReadOnlyList<string>>? FallbackOn,
    JsonElement Hedge,
    JsonElement Breaker,
    IReadOnlyList<string>? Preferences,
    IReadOnlyList<ExplainedTarget>? Targets,
    IReadOnlyList<PassedOverTarget>? PassedOver)
{
    public ExplainedShadow? Shadow { get; init; }

    public IReadOnlyList<ExplainedLimit>? Limits { get; init; }

    public IReadOnlyList<ExplainedContext>? Context { get; init; }

    public IReadOnlyList<ExplainedServer>? Tools { get; init; }
}

internal sealed record ExplainedShadow(string? Target, double Share, string? Problem);

internal sealed record ExplainedContext(string? Name, string? Place, bool Asked, string? Problem);

internal sealed record ExplainedServer(
    string? Server,
    string? WantedBy,
    string? RunBy,
    bool Listed,
    string? Problem,
    IReadOnlyList<ExplainedTool>? Tools,
    IReadOnlyList<string>? HeldBack);

internal sealed record ExplainedTool(string? Name, string? Tool, bool Offered, bool Approval, bool Deferred);

internal sealed record ExplainedLimit(
    string? Limit, string? Subject, string? Measure, decimal Most, decimal? Left, string? Then)
{
    /// <summary>The targets at which it refuses whatever is left, each with the reason; null where none.</summary>
    public IReadOnlyList<string>? Unbounded { get; init; }
}

internal sealed record ExplainedRule(string? Name, string? Result);

internal sealed record ExplainedTarget(
    string? Provider,
    string? Model,
    JsonElement Account,
    string? Label,
    string? Role,
    JsonElement Why,
    JsonElement Away,
    string? Dialect,
    string? Mode,
    string? Url,
    string? Secret,
    IReadOnlyList<string>? Dropped,
    JsonElement Error);

internal sealed record PassedOverTarget(
    string? Provider, string? Model, JsonElement Account, string? Label, string? Reason, bool AskedLast);
