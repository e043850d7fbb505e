using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Limits;
using Lightport.Mcp;
using Lightport.Mcp.Arguments;

namespace Lightport.Enrichment.Rounds;

/// <summary>Calls a tool once, whoever wants it called: tells of the call, and bills what was run or may have been.
/// </summary>
internal sealed class ToolCaller(IMcpServers servers, ToolReporter reporter)
{
    /// <param name="call">As it was made.</param>
    /// <param name="arguments">What is passed on of it.</param>
    /// <param name="bill">Holds the tool's price by now.</param>
    /// <param name="progress">Is told what its server says of it meanwhile; null where nobody listens.</param>
    public async ValueTask<McpOutcome> CallAsync(
        OfferedTool tool,
        ToolCallPart call,
        JsonElement arguments,
        McpCaller caller,
        RunBill bill,
        Action<string>? progress,
        CancellationToken cancellationToken)
    {
        using ToolReport report = reporter.Begin(tool, call, caller);
        bool isBilled = true;
        try
        {
            McpOutcome outcome = tool.Own is { } own
                ? await AnswerAsync(own, tool, arguments, cancellationToken).ConfigureAwait(false)
                : await servers
                    .CallAsync(tool.Server, tool.Tool, arguments, caller, progress, cancellationToken)
                    .ConfigureAwait(false);
            isBilled = outcome.WasRun;
            report.End(outcome);
            return outcome;
        }
        finally
        {
            // One that was broken off may have been run by then.
            if (isBilled)
            {
                bill.Add(tool.Price);
            }
        }
    }

    /// <summary>What a server checks of a call, the gateway checks of its own tools' calls.</summary>
    private static ValueTask<McpOutcome> AnswerAsync(
        Func<JsonElement, CancellationToken, ValueTask<McpOutcome>> own,
        OfferedTool tool,
        JsonElement arguments,
        CancellationToken cancellationToken) =>
        ArgumentCheck.Problem(tool.Tool.Parameters, arguments, out JsonElement given) is { } problem
            ? new(McpOutcome.Unfit(problem))
            : own(given, cancellationToken);
}
