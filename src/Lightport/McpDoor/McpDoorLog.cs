using Microsoft.Extensions.Logging;

namespace Lightport.McpDoor;

internal static partial class McpDoorLog
{
    /// <summary>Never what it was called with, nor what it gave.</summary>
    [LoggerMessage(
        561,
        LogLevel.Information,
        "{RequestId} tool called: key={Caller} tool={Tool} outcome={Outcome} duration_ms={Duration}")]
    public static partial void ToolCalled(
        this ILogger logger, string requestId, string caller, string tool, string outcome, double duration);

    [LoggerMessage(
        562,
        LogLevel.Warning,
        "{RequestId} {What} of the MCP server {Server} are left out, which cannot list them: {Reason}")]
    public static partial void ServerLeftOut(
        this ILogger logger, string requestId, string what, string server, string reason);
}
