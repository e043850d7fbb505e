using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Lightport.Audit;
using Lightport.Mcp;
using Lightport.Telemetry;

namespace Lightport.Enrichment.Rounds;

/// <summary>One call of a tool while it is under way; told once, however it ends.</summary>
internal sealed class ToolReport : IDisposable
{
    private const string Canceled = "canceled";

    private readonly ToolReporter _reporter;
    private readonly string _server;
    private readonly string _tool;
    private readonly string _said;
    private readonly McpCaller _caller;
    private readonly Activity? _span;
    private readonly long _started;
    private bool _isOver;

    /// <param name="said">What it is called with.</param>
    /// <param name="span">Ends with it; null where nobody listens.</param>
    public ToolReport(
        ToolReporter reporter, string server, string tool, string said, McpCaller caller, Activity? span)
    {
        (_reporter, _server, _tool, _said, _caller, _span) = (reporter, server, tool, said, caller, span);
        _started = reporter.Clock.GetTimestamp();
    }

    /// <summary>What is asked for, in the protocol's word, where it is no call of a tool; null where it is.</summary>
    public string? Method { get; init; }

    public void End(McpOutcome outcome) => End(outcome.Failure ?? (outcome.IsError ? McpOutcome.ToolError : null));

    /// <summary>Nothing has come of it: its client has gone, or its time was up.</summary>
    public void Dispose() => End(Canceled);

    /// <param name="failure">What failed, as one word; null where nothing did.</param>
    public void End(string? failure)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        TimeSpan took = _reporter.Clock.GetElapsedTime(_started);
        _reporter.Telemetry.Record(
            new ToolRun(Method is null ? _tool : null, failure, took) { Method = Method }, _span);
        _reporter.Log(_caller.RequestId, _server, _tool, failure ?? "ok", Math.Round(took.TotalMilliseconds, 2));
        if (_reporter.Audit.IsOn)
        {
            _reporter.Audit.Take(new ToolAudited(
                _reporter.Clock.GetUtcNow(),
                _caller.RequestId,
                _server,
                _tool,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_said))),
                failure ?? "ok",
                took.TotalMilliseconds));
        }
    }
}
