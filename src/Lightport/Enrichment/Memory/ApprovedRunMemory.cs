using System.Security.Cryptography;
using System.Text;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// What came of calls that clients have approved, each under the question that it answers: so that an answer, in
/// whatever conversation and however often it comes, runs its call once.
/// </summary>
/// <param name="lifetime">How long a result is kept.</param>
internal sealed class ApprovedRunMemory(ISessionStore store, TimeProvider clock, TimeSpan lifetime)
{
    private const string TooLarge =
        "This call was run, and what came of it was too large to be kept. It was not run again.";

    /// <summary>Takes the one run that a question is good for.</summary>
    /// <returns>What came of it when it was taken before; null where it may be run now.</returns>
    /// <exception cref="GatewayException">It was taken, and nothing has come of it yet.</exception>
    /// <exception cref="StoreException">The store cannot be asked.</exception>
    public async ValueTask<ToolResultPart?> TakeAsync(
        Caller caller, McpApprovalRequestPart asked, CancellationToken cancellationToken)
    {
        StoredSession begun = Of(caller, asked, result: null);
        StoredSession? found = await store.FindAsync(begun.Owner, begun.Id, cancellationToken).ConfigureAwait(false);
        if (found is null)
        {
            if (await store.TryAddAsync(begun, cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            found = await store.FindAsync(begun.Owner, begun.Id, cancellationToken).ConfigureAwait(false);
        }

        return found is not null && SessionJson.ReadTurn(found.Content).Parts is [ToolResultPart result]
            ? result
            : throw new GatewayException(Running);
    }

    /// <exception cref="StoreException">The store cannot take it.</exception>
    public ValueTask KeepAsync(
        Caller caller, McpApprovalRequestPart asked, ToolResultPart result, CancellationToken cancellationToken)
    {
        StoredSession kept = Of(caller, asked, result);
        if (kept.Content.Length > SessionMemory.LongestSession)
        {
            kept = Of(caller, asked, result with { Parts = [new TextPart(TooLarge)], IsError = true });
        }

        return store.WriteAsync(kept, cancellationToken);
    }

    private static GatewayError Running { get; } = new(
        ErrorStage.Request,
        ErrorKind.InvalidRequest,
        409,
        "A call that is approved here was begun by an earlier request, and what came of it is not known yet, or not "
        + "any more. It was not run again. Send the request again in a while, or without that approval.")
    {
        Param = "approval_request_id",
        Code = "mcp_approval_running",
    };

    private StoredSession Of(Caller caller, McpApprovalRequestPart asked, ToolResultPart? result) => new(
        SessionMemory.Owner(caller),
        "run" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.ApprovalId))),
        SessionJson.WriteTurn(new Message(Role.Tool, result is null ? [] : [result])),
        clock.GetUtcNow() + lifetime);
}
