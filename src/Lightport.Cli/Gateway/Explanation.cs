using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Where a request would go (docs/management.md).</summary>
internal sealed record Explanation(
    string? Model,
    string? Endpoint,
    bool Stream,
    string? Route,
    JsonElement Rule,
    string? Selection,
    JsonElement Key,
    JsonElement Retry,
    JsonElement Timeout,
    IReadOnlyList<ExplainedTarget>? Targets);

internal sealed record ExplainedTarget(
    string? Provider,
    string? Model,
    string? Label,
    string? Dialect,
    string? Mode,
    string? Url,
    string? Secret,
    IReadOnlyList<string>? Dropped,
    JsonElement Error);
