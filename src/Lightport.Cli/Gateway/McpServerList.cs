using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>What a gateway knows of its MCP servers (docs/management.md).</summary>
internal sealed record McpServerList(IReadOnlyList<McpServerEntry>? Servers);

internal sealed record McpServerEntry(
    string? Label,
    string? Address,
    string? Program,
    string? Revision,
    bool Connected,
    IReadOnlyList<string>? Tools,
    IReadOnlyList<McpHeldTool>? HeldBack,
    IReadOnlyList<string>? LeftOut,
    string? Problem);

internal sealed record McpHeldTool(
    string? Name,
    IReadOnlyList<string>? Changed,
    string? Mark,
    string? Title,
    string? Description,
    bool ReadOnly,
    bool Idempotent,
    JsonElement Parameters,
    McpToolFacts? Before);

/// <summary>A tool as it was when it was approved.</summary>
internal sealed record McpToolFacts(
    string? Title, string? Description, bool ReadOnly, bool Idempotent, JsonElement Parameters);
