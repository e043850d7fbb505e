using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Exchanges.Stages;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// Keeps what clients that see runs cannot be told of a result (pictures, sounds, files), and puts it back where they
/// bring the rest: so the model is told in later turns what it was told at the time.
/// </summary>
internal sealed partial class ResultKeeper(ResultMemory memory, ILogger<ResultKeeper> logger)
{
    /// <summary>So many of a conversation are looked for, the last ones.</summary>
    private const int MostSought = 32;

    private const string Loss = "tool_results";

    /// <summary>Keeps a result before its client is told of it. Where it cannot be kept, the loss is told.</summary>
    public async ValueTask KeepAsync(
        StageContext context, IReadOnlyList<ContentPart> parts, CancellationToken cancellationToken)
    {
        if (!context.ShowsRuns || ToldResult.IsText(parts))
        {
            return;
        }

        string reason = "it is too large";
        try
        {
            if (await memory.KeepAsync(context.Caller, parts, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (StoreException e)
        {
            reason = e.Message;
        }

        NotKept(logger, context.RequestId, reason);
        context.Lose(Loss);
    }

    /// <summary>The conversation with all of its results, as far as they are kept.</summary>
    public async ValueTask<ChatRequest> RestoreAsync(
        StageContext context, ChatRequest said, CancellationToken cancellationToken)
    {
        McpResultPart[] cut = [.. said.Messages.SelectMany(turn => turn.Parts).OfType<McpResultPart>().Where(IsCut)];
        if (cut.Length == 0)
        {
            return said;
        }

        McpResultPart[] sought = [.. cut.TakeLast(MostSought)];
        context.BeginWait();
        IReadOnlyList<ContentPart>?[] found = await Task
            .WhenAll(sought.Select(result => FindAsync(context, result, cancellationToken)))
            .ConfigureAwait(false);
        context.EndWait();
        var whole = new Dictionary<ContentPart, ContentPart>(ReferenceEqualityComparer.Instance);
        foreach ((McpResultPart result, IReadOnlyList<ContentPart>? parts) in sought.Zip(found))
        {
            if (parts is not null)
            {
                whole.Add(result, result with { Parts = parts });
            }
        }

        if (whole.Count < cut.Length)
        {
            context.Lose(Loss);
        }

        return said with { Messages = [.. said.Messages.Select(turn => Restored(turn, whole))] };
    }

    private static bool IsCut(McpResultPart result) =>
        result.Parts is [TextPart { Text: var text }] && ToldResult.HasPlaceholder(text);

    private static Message Restored(Message turn, Dictionary<ContentPart, ContentPart> whole) =>
        turn.Parts.Any(whole.ContainsKey)
            ? turn with { Parts = [.. turn.Parts.Select(part => whole.GetValueOrDefault(part, part))] }
            : turn;

    private async Task<IReadOnlyList<ContentPart>?> FindAsync(
        StageContext context, McpResultPart result, CancellationToken cancellationToken)
    {
        try
        {
            return await memory
                .FindAsync(context.Caller, ToldResult.Text(result.Parts), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            NotFound(logger, context.RequestId, e.Message);
            return null;
        }
    }

    [LoggerMessage(971, LogLevel.Warning, "{RequestId}: pictures or files of a tool's result were not kept: {Reason}")]
    private static partial void NotKept(ILogger logger, string requestId, string reason);

    [LoggerMessage(972, LogLevel.Warning, "{RequestId}: what a tool's result had could not be read: {Reason}")]
    private static partial void NotFound(ILogger logger, string requestId, string reason);
}
