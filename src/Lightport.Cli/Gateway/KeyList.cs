using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>Some of the client keys, as they came, and where to ask on (docs/management.md).</summary>
internal sealed record KeyList(IReadOnlyList<JsonElement>? Keys, string? Next);
