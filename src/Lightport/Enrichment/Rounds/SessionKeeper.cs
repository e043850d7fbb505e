using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Exchanges.Stages;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// Finds and keeps what was put into a conversation. Where the store is away, a request goes on without, and the loss
/// is told; only what would make the gateway run something twice, or leave a call without its answer, ends it.
/// </summary>
internal sealed partial class SessionKeeper(
    ISessionMemory memory, ResultKeeper results, ILogger<SessionKeeper> logger)
{
    private const int Conflict = 409;
    private const int Unavailable = 503;

    /// <summary>Keeps what clients are told a part of.</summary>
    public ResultKeeper Results => results;

    /// <param name="runsTools">
    /// The gateway runs tools here: for each answer that hands calls over to a client who may drop their ids, something
    /// is kept then.
    /// </param>
    /// <exception cref="GatewayException">
    /// The client brings back a turn of which the gateway kept a part that is lost, or may have.
    /// </exception>
    public async ValueTask<Session> FindAsync(
        StageContext context, ChatRequest said, bool runsTools, CancellationToken cancellationToken)
    {
        // Of turns that are over the loss is told, as it is of those whose client never had a call to answer.
        bool isMixed = MixedIds.AreUnderWay(said.Messages);
        bool mayBeMixed = runsTools && MadeIds.AreAnsweredIn(said.Messages);
        try
        {
            Session found = await memory.FindAsync(context.Caller, said, cancellationToken).ConfigureAwait(false);
            bool isNew = ReferenceEquals(found, Session.Empty);
            if (isMixed && !HasTurns(found))
            {
                throw new GatewayException(Lost with { Param = context.ContentField });
            }

            if (isNew && mayBeMixed)
            {
                throw new GatewayException(Nameless with { Param = context.ContentField });
            }

            if (isNew && (MadeIds.AreIn(said.Messages) || MixedIds.AreIn(said.Messages)))
            {
                context.Lose("session");
            }

            return found;
        }
        catch (StoreException e)
        {
            if (isMixed || mayBeMixed)
            {
                throw new GatewayException(Away, e);
            }

            NotFound(logger, context.RequestId, e.Message);
            context.Lose("session");
            return Session.Empty;
        }
    }

    /// <param name="isNeeded">Without it the client could not go on.</param>
    /// <exception cref="GatewayException">It could not be kept, and is needed.</exception>
    public async ValueTask KeepAsync(
        StageContext context,
        ChatRequest said,
        Message answer,
        Session session,
        bool isNeeded,
        CancellationToken cancellationToken)
    {
        bool mayComeBackNameless = said.CallIdsAreOptional && answer.Parts.Any(part => part is ToolCallPart);
        if (session.Insertions.Count == 0 && session.Tools.Count == 0 && !mayComeBackNameless)
        {
            return;
        }

        string reason = "it is too large";
        try
        {
            if (await memory.KeepAsync(context.Caller, said, answer, session, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (StoreException e)
        {
            reason = e.Message;
            if (isNeeded)
            {
                throw new GatewayException(Away, e);
            }
        }

        if (isNeeded)
        {
            throw new GatewayException(TooLarge);
        }

        NotKept(logger, context.RequestId, reason);
        context.Lose("session");
    }

    private static GatewayError Lost { get; } =
        new(ErrorStage.Request, ErrorKind.InvalidRequest, Conflict,
            "The gateway ran other calls beside or before those that are answered here, and what came of them is no "
            + "longer kept, or a turn before them was changed. Nothing was run again. Begin the turn anew, without "
            + "its answers and results.")
        {
            Code = "lost_tool_session",
            Lasts = true,
        };

    private static GatewayError Nameless { get; } =
        new(ErrorStage.Request, ErrorKind.InvalidRequest, Conflict,
            "Calls that are answered here came back without their ids, and nothing is kept of the turn that they stand "
            + "in, so that it is not known whether the gateway ran others beside them. Nothing was run again. Bring "
            + "calls back with their ids, or begin the turn anew, without that answer and its results.")
        {
            Code = "lost_tool_session",
            Lasts = true,
        };

    /// <summary>The store cannot be asked, and without it something would be run twice.</summary>
    public static GatewayError Away { get; } =
        new(ErrorStage.Request, ErrorKind.Internal, Unavailable,
            "What the gateway's tools answered cannot be kept or found just now. Try again shortly.")
        {
            Code = "session_store_unavailable",
        };

    private static GatewayError TooLarge { get; } =
        new(ErrorStage.Request, ErrorKind.InvalidRequest, Conflict,
            "What the gateway's tools answered is too large to be kept while the client's own are run. Ask for less, "
            + "or by Responses or Messages, whose clients bring it back themselves.")
        {
            Code = "tool_session_too_large",
        };

    private static bool HasTurns(Session session)
    {
        foreach (Insertion insertion in session.Insertions)
        {
            if (insertion.Replaces > 0)
            {
                return true;
            }
        }

        return false;
    }

    [LoggerMessage(954, LogLevel.Warning, "{RequestId}: what was put in before could not be read: {Reason}")]
    private static partial void NotFound(ILogger logger, string requestId, string reason);

    [LoggerMessage(955, LogLevel.Warning, "{RequestId}: what was put into the conversation was not kept: {Reason}")]
    private static partial void NotKept(ILogger logger, string requestId, string reason);
}
