using System.Text.Json;

namespace Lightport.Mcp;

/// <summary>A tool of an MCP server, as the server describes it (https://modelcontextprotocol.io).</summary>
/// <param name="Name">Its name at the server.</param>
/// <param name="Parameters">The arguments' JSON Schema.</param>
internal sealed record McpTool(string Name, JsonElement Parameters)
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>The server says that it changes nothing (<c>readOnlyHint</c>).</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The server says that a second call changes nothing more (<c>idempotentHint</c>).</summary>
    public bool IsIdempotent { get; init; }
}
