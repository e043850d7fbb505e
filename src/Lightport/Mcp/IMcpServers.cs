using System.Text.Json;

namespace Lightport.Mcp;

/// <summary>Asks MCP servers, whatever they are reached by.</summary>
internal interface IMcpServers
{
    /// <summary>The tools that the server offers this caller, allowed ones alone, in a fixed order; mostly from memory.
    /// </summary>
    /// <exception cref="McpException">They cannot be had; the message says why and what to do.</exception>
    ValueTask<IReadOnlyList<McpTool>> ListAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken);

    /// <summary>Calls a tool with arguments that fit its schema. Fails as an outcome.</summary>
    /// <param name="progress">Is told what the server says of its progress, as a sentence; null where nobody listens.
    /// </param>
    /// <exception cref="OperationCanceledException">The request is over; the server has been told.</exception>
    ValueTask<McpOutcome> CallAsync(
        McpServer server,
        McpTool tool,
        JsonElement arguments,
        McpCaller caller,
        Action<string>? progress,
        CancellationToken cancellationToken);
}
