using Lightport.Audit;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;
using Lightport.Telemetry;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Rounds;

/// <summary>Tells of each call of a tool: a span, a measurement, a record of the audit, a line of the log.</summary>
internal sealed partial class ToolReporter(
    GatewayTelemetry telemetry, AuditStream audit, TimeProvider clock, ILogger<ToolReporter> logger)
{
    public GatewayTelemetry Telemetry => telemetry;

    public AuditStream Audit => audit;

    public TimeProvider Clock => clock;

    /// <summary>A call begins; what is returned is told its outcome, or ends as one that was broken off.</summary>
    public ToolReport Begin(OfferedTool tool, ToolCallPart call, McpCaller caller) => new(
        this,
        tool.Server.Label,
        tool.Tool.Name,
        call.Arguments,
        caller,
        telemetry.StartTool(tool.Server.Label, tool.Tool.Name));

    /// <summary>The same of what a client asks a server for beside its tools.</summary>
    /// <param name="method">The protocol's word for it; stands where a tool's name would.</param>
    /// <param name="named">What is asked for.</param>
    public ToolReport BeginOther(string server, string method, string named, McpCaller caller) =>
        new(this, server, method, named, caller, telemetry.StartTool(server, method, method)) { Method = method };

    /// <summary>Never with arguments or results: they are the client's own.</summary>
    public void Log(string requestId, string server, string tool, string outcome, double milliseconds) =>
        Called(logger, requestId, server, tool, outcome, milliseconds);

    [LoggerMessage(952, LogLevel.Information, "{RequestId}: '{Tool}' of '{Server}': {Outcome} ms={Milliseconds}")]
    private static partial void Called(
        ILogger logger, string requestId, string server, string tool, string outcome, double milliseconds);
}
