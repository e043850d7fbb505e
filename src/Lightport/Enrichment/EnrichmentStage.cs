using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Rounds;
using Lightport.Enrichment.Sources;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Lightport.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment;

/// <summary>
/// Puts into a conversation what its route and its client want of the gateway: what was put in on earlier turns,
/// context of sources, and tools of MCP servers, which are run in rounds.
/// </summary>
internal sealed partial class EnrichmentStage(
    IMcpDirectory directory,
    ServerRights rights,
    ToolOfferer offerer,
    IContextSources sources,
    SourceTools sourceTools,
    SessionKeeper keeper,
    ApprovedRuns approved,
    ToolLoops loops,
    ILogger<EnrichmentStage> logger) : IStage
{
    private static readonly Task<IReadOnlyList<ContextPiece>> NoPieces =
        Task.FromResult<IReadOnlyList<ContextPiece>>([]);

    public StageStep Step => StageStep.Context;

    /// <summary>The answer is changed by rounds alone.</summary>
    public AnswerInterest Interest => AnswerInterest.None;

    public bool TakesToolsets(Route route) => !directory.IsEmpty || !NativeServers.AreAllowed(route, directory);

    public bool IsWantedBy(Route route) => route.Tools.Count > 0 || route.Context.Count > 0;

    public IAnswerFilter? OnAnswer(StageContext context) => null;

    public async ValueTask<IReadOnlyList<StreamEvent>?> OnRequestAsync(
        StageContext context, CancellationToken cancellationToken)
    {
        if (!context.IsChat || context.Conversation is not ChatRequest said)
        {
            return null;
        }

        var wanted = WantedTools.Of(context.Route, said, context.Caller, directory, rights);
        NativeServers.Refuse(context.Route, wanted.Left, directory);
        bool hasRuns = said.Messages.Any(ToldRuns.IsIn);
        bool hasTools = wanted.HasAny || sourceTools.AreOf(context.Route);
        if (!wanted.HasAny && !hasRuns && context.Route.Context.Count == 0)
        {
            return null;
        }

        if (hasRuns)
        {
            said = await keeper.Results.RestoreAsync(context, said, cancellationToken).ConfigureAwait(false);
        }

        // Clients that see runs bring them back themselves.
        bool isRemembered = !context.ShowsRuns || context.Route.Context.Count > 0;
        Session session = isRemembered
            ? await keeper.FindAsync(context, said, hasTools, cancellationToken).ConfigureAwait(false)
            : Session.Empty;
        var caller = new McpCaller(context.Caller.KeyId ?? context.Caller.Name, context.RequestId)
        {
            UserToken = context.UserToken,
        };

        // A conversation that began elsewhere, or whose session is lost, has its first turn here.
        bool isFirstTurn = ReferenceEquals(session, Session.Empty);
        (ToolOffer offer, Task<IReadOnlyList<ContextPiece>> gathered) =
            await AskAsync(context, said, wanted, caller, isFirstTurn, cancellationToken).ConfigureAwait(false);
        sourceTools.Offer(context, caller, offer);
        OfferCheck.Check(context, said, offer);
        bool areMany = ChosenTools.AreMany(offer, context.Route.MostTools);
        if (!isRemembered && areMany)
        {
            isRemembered = true;
            session = await keeper.FindAsync(context, said, hasTools, cancellationToken).ConfigureAwait(false);
        }

        if (areMany && context.Route.SearchesTools)
        {
            ChosenTools.AddSearch(offer, said, context.Route.MostTools);
        }

        foreach (string name in ChosenTools.Doubled(session, said))
        {
            NameTaken(logger, context.RequestId, name);
        }

        session = SessionWeaver.Add(session, said, await gathered.ConfigureAwait(false)) with
        {
            Tools = ChosenTools.Of(session, said, offer, context.Route.MostTools),
        };
        var asked = new AskedRuns(said.Messages);
        ToolLoop loop = loops.Create(context, said, session, offer, caller);
        loop.IsRemembered = isRemembered;
        ChatRequest woven = SessionWeaver.Weave(said, session);
        woven = RunAllowance.Kept(woven with
        {
            McpToolsets = wanted.Left,
            ToolChoice = OfferedChoice.Met(OfferedChoice.Of(said.ToolChoice, offer), woven.Tools),
        });
        if (!context.IsCount)
        {
            if (asked.Approved.Count + asked.Denied.Count > 0)
            {
                // As it will be, but for what comes of these: whether it can be asked is known before they are run.
                context.Conversation = Begin();
                context.BeginWait();
                await approved
                    .RunAsync(context, asked, offer, caller, loop.MostApproved, cancellationToken)
                    .ConfigureAwait(false);
                context.EndWait();
            }

            loop.Open(asked);
            context.Rounds = loop.CreateRound;
        }

        context.Conversation = Begin();
        return null;

        ChatRequest Begin() =>
            loop.Begin(woven with { Messages = ToldHistory.Of(woven.Messages, offer, asked) });
    }

    /// <summary>Asks servers for their tools, and sources beside them, which have ended when it has.</summary>
    private async ValueTask<(ToolOffer Offer, Task<IReadOnlyList<ContextPiece>> Gathered)> AskAsync(
        StageContext context,
        ChatRequest said,
        WantedTools wanted,
        McpCaller caller,
        bool isFirstTurn,
        CancellationToken cancellationToken)
    {
        context.BeginWait();
        Task<IReadOnlyList<ContextPiece>> gathered = context.Route.Context.Count == 0
            ? NoPieces
            : sources.GatherAsync(context, isFirstTurn, cancellationToken).AsTask();
        ToolOffer offer;
        try
        {
            offer = await offerer
                .OfferAsync(wanted, said.Tools, caller, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            await ((Task)gathered).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.EndWait();
        }

        foreach ((string server, string word) in offer.Away)
        {
            context.LeaveOut($"mcp.servers.{server}", word);
        }

        return (offer, gathered);
    }

    [LoggerMessage(956, LogLevel.Warning, "{RequestId}: the client's '{Tool}' has taken the name of one put in before")]
    private static partial void NameTaken(ILogger logger, string requestId, string tool);
}
