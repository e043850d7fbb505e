using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Sums of what was used (docs/management.md). Rows are read by column, since <c>by</c> decides on them.</summary>
internal sealed record UsageReport(
    string? From,
    string? To,
    IReadOnlyList<string>? By,
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Rows,
    IReadOnlyDictionary<string, JsonElement>? Total);
