using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Mcp;
using Lightport.Routing;
using Lightport.Routing.Eligibility;

namespace Lightport.Enrichment.Rounds;

/// <summary>Runs calls of tools. What fails is a result that the model is told.</summary>
internal sealed class ToolRunner(ToolCaller tools, ModelSenses senses)
{
    /// <summary>So many calls of one round are run; a model that makes more is told so.</summary>
    public const int MostAtOnce = 64;

    private const string TimedOut = "timeout";

    /// <summary>Runs a call of the model's.</summary>
    /// <param name="progress">Is told what its server says of it meanwhile; null where nobody listens.</param>
    /// <param name="time">The time for tools is up: what runs then has failed, and the model is told so.</param>
    /// <param name="cancellationToken">The request is over.</param>
    public async Task<ToolResultPart> RunAsync(
        OfferedTool tool,
        ToolCallPart call,
        RunScope scope,
        Action<string>? progress,
        CancellationToken time,
        CancellationToken cancellationToken)
    {
        if (Parse(call.Arguments) is not { } arguments)
        {
            return Failed(call, "The arguments are no JSON object, so the tool was not run. Make the call again.");
        }

        using var over = CancellationTokenSource.CreateLinkedTokenSource(time, cancellationToken);
        var asked = new AskedCall(tool, call, arguments, scope, progress);
        try
        {
            McpOutcome outcome = await AskAsync(asked, over.Token).ConfigureAwait(false);
            if (outcome.MayHaveRun && outcome.Failure != TimedOut && (tool.Tool.IsReadOnly || tool.Tool.IsIdempotent))
            {
                // It broke on the way, and does no harm if it is run twice.
                outcome = await AskAsync(asked, over.Token).ConfigureAwait(false);
            }

            return new ToolResultPart(call.CallId, Told(outcome, scope.Target))
            {
                IsError = outcome.IsError,
                ToolReferences = outcome.ToolReferences,
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(call, "The time for tools was up before this call had ended. Go on without it.");
        }
    }

    /// <summary>Runs a call that the client was asked about, with just the arguments that it was asked about.</summary>
    /// <param name="time">The time for tools is up.</param>
    /// <param name="cancellationToken">The request is over.</param>
    public Task<ToolResultPart> RunAsync(
        ToolOffer offer,
        McpApprovalRequestPart asked,
        RunScope scope,
        CancellationToken time,
        CancellationToken cancellationToken) =>
        offer.Find(asked.Server, asked.Name) is { } tool
            ? RunAsync(
                tool,
                new ToolCallPart(asked.ApprovalId, asked.Name, asked.Arguments),
                scope,
                progress: null,
                time,
                cancellationToken)
            : Task.FromResult(Failed(asked, $"There is no tool '{asked.Name}' of '{asked.Server}' any more."));

    /// <summary>The result of a call of which nothing has come, with the reason that the model is told.</summary>
    public static ToolResultPart Failed(ToolCallPart call, string reason) =>
        new(call.CallId, [new TextPart(reason)]) { IsError = true };

    /// <summary>The same of a call that the client was asked about.</summary>
    public static ToolResultPart Failed(McpApprovalRequestPart asked, string reason) =>
        new(asked.ApprovalId, [new TextPart(reason)]) { IsError = true };

    private ValueTask<McpOutcome> AskAsync(AskedCall asked, CancellationToken cancellationToken) => tools.CallAsync(
        asked.Tool,
        asked.Call,
        asked.Arguments,
        asked.Scope.Caller,
        asked.Scope.Bill,
        asked.Progress,
        cancellationToken);

    /// <summary>What the model can see of it: a provider refuses a request with what its model cannot.</summary>
    private IReadOnlyList<ContentPart> Told(McpOutcome outcome, Target target) => ToldResult.Joined(
        senses.Of(target) is { } taken ? [.. outcome.Parts.Select(part => Seen(part, taken))] : outcome.Parts);

    private static ContentPart Seen(ContentPart part, ContentKinds taken) => part switch
    {
        ImagePart when !taken.HasFlag(ContentKinds.Image) =>
            new TextPart("[The tool gave an image, which this model cannot see.]"),
        AudioPart when !taken.HasFlag(ContentKinds.Audio) =>
            new TextPart("[The tool gave a sound, which this model cannot hear.]"),
        _ => part,
    };

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

    private sealed record AskedCall(
        OfferedTool Tool,
        ToolCallPart Call,
        JsonElement Arguments,
        RunScope Scope,
        Action<string>? Progress);
}
