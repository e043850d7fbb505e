using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;

namespace Lightport.Enrichment.Rounds;

/// <summary>Runs the calls of one round, all at once. What fails is a result that the model is told.</summary>
internal sealed class ToolRunner(IMcpServers servers, ToolReporter reporter)
{
    /// <summary>So many calls of one round are run; a model that makes more is told so.</summary>
    public const int MostAtOnce = 64;

    private const string TimedOut = "timeout";

    /// <summary>Begins the runs of a round.</summary>
    /// <param name="time">The time for tools is up: what runs then has failed, and the model is told so.</param>
    /// <param name="cancellationToken">The request is over.</param>
    /// <returns>A result each, in the order of the calls.</returns>
    public IReadOnlyList<Task<ToolResultPart>> Begin(
        IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> calls,
        McpCaller caller,
        CancellationToken time,
        CancellationToken cancellationToken)
    {
        var runs = new Task<ToolResultPart>[calls.Count];
        for (int i = 0; i < runs.Length; i++)
        {
            (OfferedTool? tool, ToolCallPart call) = calls[i];
            runs[i] = tool is null
                ? Task.FromResult(Failed(
                    call, $"There is no tool '{call.Name}' here, or not any more. Nothing was run; go on without it."))
                : i < MostAtOnce
                ? RunAsync(tool, call, caller, time, cancellationToken)
                : Task.FromResult(Failed(
                    call, $"More than {MostAtOnce} calls were made at once, and this one was not run. Make it again."));
        }

        return runs;
    }

    /// <summary>Runs a call that the client was asked about, with just the arguments that it was asked about.</summary>
    /// <param name="time">The time for tools is up.</param>
    /// <param name="cancellationToken">The request is over.</param>
    public Task<ToolResultPart> RunAsync(
        ToolOffer offer,
        McpApprovalRequestPart asked,
        McpCaller caller,
        CancellationToken time,
        CancellationToken cancellationToken) =>
        offer.Find(asked.Server, asked.Name) is { } tool
            ? RunAsync(
                tool,
                new ToolCallPart(asked.ApprovalId, asked.Name, asked.Arguments),
                caller,
                time,
                cancellationToken)
            : Task.FromResult(Failed(asked, $"There is no tool '{asked.Name}' of '{asked.Server}' any more."));

    /// <summary>The result of a call of which nothing has come, with the reason that the model is told.</summary>
    public static ToolResultPart Failed(ToolCallPart call, string reason) =>
        new(call.CallId, [new TextPart(reason)]) { IsError = true };

    /// <summary>The same of a call that the client was asked about.</summary>
    public static ToolResultPart Failed(McpApprovalRequestPart asked, string reason) =>
        new(asked.ApprovalId, [new TextPart(reason)]) { IsError = true };

    private async Task<ToolResultPart> RunAsync(
        OfferedTool tool,
        ToolCallPart call,
        McpCaller caller,
        CancellationToken time,
        CancellationToken cancellationToken)
    {
        if (Parse(call.Arguments) is not { } arguments)
        {
            return Failed(call, "The arguments are no JSON object, so the tool was not run. Make the call again.");
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(time, cancellationToken);
        try
        {
            McpOutcome outcome = await AskAsync(tool, call, arguments, caller, over.Token).ConfigureAwait(false);
            if (outcome.MayHaveRun && outcome.Failure != TimedOut && (tool.Tool.IsReadOnly || tool.Tool.IsIdempotent))
            {
                // It broke on the way, and does no harm if it is run twice.
                outcome = await AskAsync(tool, call, arguments, caller, over.Token).ConfigureAwait(false);
            }

            return new ToolResultPart(call.CallId, ToldResult.Joined(outcome.Parts)) { IsError = outcome.IsError };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(call, "The time for tools was up before this call had ended. Go on without it.");
        }
    }

    private async ValueTask<McpOutcome> AskAsync(
        OfferedTool tool,
        ToolCallPart call,
        JsonElement arguments,
        McpCaller caller,
        CancellationToken cancellationToken)
    {
        using ToolReport report = reporter.Begin(tool, call, caller);
        McpOutcome outcome = await servers
            .CallAsync(tool.Server, tool.Tool, arguments, caller, progress: null, cancellationToken)
            .ConfigureAwait(false);
        report.End(outcome);
        return outcome;
    }

    private static JsonElement? Parse(string arguments)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
