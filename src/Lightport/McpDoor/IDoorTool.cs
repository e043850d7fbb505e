using Lightport.Conversation;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>A tool of the gateway's own, at its MCP door.</summary>
internal interface IDoorTool
{
    /// <summary>As clients are told of it.</summary>
    Tool Description { get; }

    /// <exception cref="GatewayException">It cannot be done; the model that called is told the message.</exception>
    ValueTask<CallToolResult> CallAsync(ToolCall call, CancellationToken cancellationToken);
}
