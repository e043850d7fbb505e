namespace Lightport.Mcp;

/// <summary>An MCP server could not be asked; the message may be told to clients, and says what to do.</summary>
internal sealed class McpException(string message, Exception? inner = null) : Exception(message, inner);
