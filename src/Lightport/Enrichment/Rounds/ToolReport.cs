using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Lightport.Audit;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;
using Lightport.Telemetry;

namespace Lightport.Enrichment.Rounds;

/// <summary>One call of a tool while it is under way; told once, however it ends.</summary>
internal sealed class ToolReport : IDisposable
{
    private const string Canceled = "canceled";

    private readonly ToolReporter _reporter;
    private readonly OfferedTool _tool;
    private readonly ToolCallPart _call;
    private readonly McpCaller _caller;
    private readonly Activity? _span;
    private readonly long _started;
    private bool _isOver;

    public ToolReport(ToolReporter reporter, OfferedTool tool, ToolCallPart call, McpCaller caller)
    {
        (_reporter, _tool, _call, _caller) = (reporter, tool, call, caller);
        _span = reporter.Telemetry.StartTool(tool.Server.Label, tool.Tool.Name);
        _started = reporter.Clock.GetTimestamp();
    }

    public void End(McpOutcome outcome) => End(outcome.Failure ?? (outcome.IsError ? McpOutcome.ToolError : null));

    /// <summary>Nothing has come of it: its client has gone, or its time was up.</summary>
    public void Dispose() => End(Canceled);

    private void End(string? failure)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        TimeSpan took = _reporter.Clock.GetElapsedTime(_started);
        (string server, string tool) = (_tool.Server.Label, _tool.Tool.Name);
        _reporter.Telemetry.Record(new ToolRun(tool, failure, took), _span);
        _reporter.Log(_caller.RequestId, server, tool, failure ?? "ok", Math.Round(took.TotalMilliseconds, 2));
        if (_reporter.Audit.HearsTools)
        {
            _reporter.Audit.Take(new ToolAudited(
                _reporter.Clock.GetUtcNow(),
                _caller.RequestId,
                server,
                tool,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_call.Arguments))),
                failure ?? "ok",
                took.TotalMilliseconds));
        }
    }
}
