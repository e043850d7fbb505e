namespace Lightport.Conversation;

/// <summary>Which tools an MCP server offers here, as the gateway found them.</summary>
/// <param name="Server">The server's label.</param>
/// <param name="Tools">By their names at the server; empty where they could not be listed.</param>
public sealed record McpToolListPart(string Server, IReadOnlyList<ToolDefinition> Tools) : ContentPart
{
    /// <summary>Why they could not be listed, as a sentence; null where they could.</summary>
    public string? Error { get; init; }
}
