using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Sums of what was used (docs/management.md); <c>by</c> decides what a row has.</summary>
internal sealed record UsageReport(
    string? From,
    string? To,
    IReadOnlyList<string>? By,
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>? Rows,
    IReadOnlyDictionary<string, JsonElement>? Total);
