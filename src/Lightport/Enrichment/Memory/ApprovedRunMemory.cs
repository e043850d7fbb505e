using System.Globalization;
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
/// <param name="marks">
/// Says of each question that its call was run, and lets none of them go before its time: where it has no room for
/// another, it refuses that one (<see cref="StoreFailure.Full"/>).
/// </param>
/// <param name="results">Keeps what came of them, and may let that go sooner; null where the marks hold it.</param>
/// <param name="lifetime">How long a result is kept after its question.</param>
internal sealed class ApprovedRunMemory(
    ISessionStore marks, ISessionStore? results, TimeProvider clock, TimeSpan lifetime)
{
    /// <summary>So often a call is begun whose gateways ended in its midst.</summary>
    private const int MostBegins = 4;

    private const string TooLarge =
        "This call was run, and what came of it was too large to be kept. It was not run again.";

    private const string Gone =
        "This call was run, and what came of it had to give way to what came of others. It was not run again.";

    private const string Unknown =
        "It is not known whether this call was run: whoever ran it ended before it had told what came of it. It was "
        + "not run again.";

    /// <summary>A run that goes on is likely over by then, and asking costs little.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);

    /// <summary>How far the clocks of two instances may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a question can be answered: for less than what came of it is kept, by whatever clock, so that there is
    /// no answer to which that is forgotten.
    /// </summary>
    private TimeSpan LongestQuestion => lifetime - (lifetime > 4 * Skew ? 2 * Skew : lifetime / 2);

    /// <exception cref="GatewayException">It was asked too long ago, or is said to be asked later than now.</exception>
    public void CheckAge(McpApprovalRequestPart asked)
    {
        TimeSpan age = clock.GetUtcNow() - (asked.AskedAt ?? DateTimeOffset.MinValue);
        if (age > LongestQuestion || age < -Skew)
        {
            throw GatewayException.BadRequest(
                $"'{asked.ApprovalId}' was asked longer ago than what came of such calls is kept, so that it is not "
                + "known whether it was run, and nothing was. Send the request without that question and its answer.",
                "approval_request_id",
                "mcp_approval_expired");
        }
    }

    /// <summary>Takes the one run that a question is good for.</summary>
    /// <param name="longest">A run has ended after this time, or is ended.</param>
    /// <param name="mayRepeat">It does no harm to run it again where whoever began it has ended.</param>
    /// <returns>What came of it when it was taken before; null where it may be run now.</returns>
    /// <exception cref="GatewayException">It was taken, and may be running; or there is no room for its mark.
    /// </exception>
    /// <exception cref="StoreException">The store cannot be asked.</exception>
    public async ValueTask<ToolResultPart?> TakeAsync(
        Caller caller,
        McpApprovalRequestPart asked,
        TimeSpan longest,
        bool mayRepeat,
        CancellationToken cancellationToken)
    {
        for (int begins = 0; begins < MostBegins && (begins == 0 || mayRepeat); begins++)
        {
            StoredSession begun = Of(caller, asked, begins, new ApprovedRun(clock.GetUtcNow() + longest + Skew, null));
            StoredSession? found =
                await marks.FindAsync(begun.Owner, begun.Id, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                if (await TryAddAsync(begun, cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                found = await marks.FindAsync(begun.Owner, begun.Id, cancellationToken).ConfigureAwait(false);
            }

            if (await ResultOfAsync(asked, found, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return await KeepUnknownAsync(caller, asked, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Finds what came of a call that may have been begun, and begins nothing.</summary>
    /// <returns>Null where it was never begun.</returns>
    /// <exception cref="GatewayException">It was begun, and may be running.</exception>
    /// <exception cref="StoreException">The store cannot be asked.</exception>
    public async ValueTask<ToolResultPart?> FindAsync(
        Caller caller, McpApprovalRequestPart asked, CancellationToken cancellationToken)
    {
        string owner = SessionMemory.Owner(caller);
        for (int begins = 0; begins < MostBegins; begins++)
        {
            StoredSession? found =
                await marks.FindAsync(owner, IdOf(asked, begins), cancellationToken).ConfigureAwait(false);
            if (found is null && begins == 0)
            {
                return null;
            }

            if (found is null)
            {
                break;
            }

            if (await ResultOfAsync(asked, found, cancellationToken).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return await KeepUnknownAsync(caller, asked, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What came of a call that was begun; null where whoever began it has ended.</summary>
    /// <exception cref="GatewayException">It may be running.</exception>
    private async ValueTask<ToolResultPart?> ResultOfAsync(
        McpApprovalRequestPart asked, StoredSession? begun, CancellationToken cancellationToken)
    {
        ApprovedRun? run = begun is null ? null : SessionJson.ReadRun(begun.Content);
        return run is { IsApart: true } ? await ResultAsync(begun!, asked, cancellationToken).ConfigureAwait(false)
            : run?.Result is { } result ? result
            : run is null || run.Until > clock.GetUtcNow() ? throw new GatewayException(Running(run?.Until))
            : null;
    }

    /// <param name="until">When the run has ended at the latest; null where its mark has only just been set.</param>
    private GatewayError Running(DateTimeOffset? until)
    {
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan left = until - now ?? LookAgain;
        TimeSpan wait = left < LookAgain ? left : LookAgain;
        string end = until is { } moment
            ? string.Create(
                CultureInfo.InvariantCulture,
                $" What has become of it is known by {moment.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} at the latest.")
            : "";
        return new GatewayError(
            ErrorStage.Request,
            ErrorKind.InvalidRequest,
            409,
            "A call that is answered for here was begun by an earlier request that approved it, and nothing has come "
            + $"of it yet. It was not run again.{end} Send the request again in a while, or without that answer.")
        {
            Param = "approval_request_id",
            Code = "mcp_approval_running",
            RetryAfter = wait,
            Headers =
            [
                new("retry-after", ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)),
            ],
        };
    }

    /// <summary>From now on this is what came of it, also in later turns.</summary>
    private async ValueTask<ToolResultPart> KeepUnknownAsync(
        Caller caller, McpApprovalRequestPart asked, CancellationToken cancellationToken)
    {
        var unknown = new ToolResultPart(asked.ApprovalId, [new TextPart(Unknown)]) { IsError = true };
        await KeepAsync(caller, asked, unknown, cancellationToken).ConfigureAwait(false);
        return unknown;
    }

    /// <exception cref="StoreException">The store cannot take it.</exception>
    public async ValueTask KeepAsync(
        Caller caller, McpApprovalRequestPart asked, ToolResultPart result, CancellationToken cancellationToken)
    {
        StoredSession kept = Of(caller, asked, begins: 0, new ApprovedRun(clock.GetUtcNow(), result));
        if (kept.Content.Length > SessionMemory.LongestSession)
        {
            result = result with { Parts = [new TextPart(TooLarge)], IsError = true };
            kept = Of(caller, asked, begins: 0, new ApprovedRun(clock.GetUtcNow(), result));
        }

        if (results is null)
        {
            await marks.WriteAsync(kept, cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await results.WriteAsync(kept, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ApprovedRun mark = new(clock.GetUtcNow(), null) { IsApart = true };
            await marks.WriteAsync(Of(caller, asked, begins: 0, mark), cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryAddAsync(StoredSession begun, CancellationToken cancellationToken)
    {
        try
        {
            return await marks.TryAddAsync(begun, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Full)
        {
            throw new GatewayException(Full, e);
        }
    }

    private async ValueTask<ToolResultPart> ResultAsync(
        StoredSession mark, McpApprovalRequestPart asked, CancellationToken cancellationToken)
    {
        StoredSession? found = results is null
            ? null
            : await results.FindAsync(mark.Owner, mark.Id, cancellationToken).ConfigureAwait(false);
        return (found is null ? null : SessionJson.ReadRun(found.Content).Result)
            ?? new ToolResultPart(asked.ApprovalId, [new TextPart(Gone)]) { IsError = true };
    }

    private static GatewayError Full { get; } = new(
        ErrorStage.Request,
        ErrorKind.RateLimit,
        429,
        "More calls were approved of late than can be remembered, and one of these was not run, as the same approval "
        + "could run it again. Send the request again when older ones are over.")
    {
        Param = "approval_request_id",
        Code = "mcp_approvals_full",
    };

    /// <summary>
    /// Begun and ended, it expires at the same time, whoever writes it: stores keep apart what expires apart.
    /// </summary>
    /// <param name="begins">How often it was begun before, and not ended; results are kept under the first.</param>
    private StoredSession Of(Caller caller, McpApprovalRequestPart asked, int begins, ApprovedRun run) => new(
        SessionMemory.Owner(caller),
        IdOf(asked, begins),
        SessionJson.WriteRun(run),
        (asked.AskedAt ?? clock.GetUtcNow()) + lifetime);

    private static string IdOf(McpApprovalRequestPart asked, int begins)
    {
        string id = "run" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked.ApprovalId)));
        return begins == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}_{begins}");
    }
}
