using Lightport.Conversation;
using Lightport.Enrichment.Memory;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;
using Lightport.Mcp;
using Lightport.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// One request's rounds. When a source is over, the gateway's calls in it are run and the model is asked again, until
/// it makes none, calls tools of its client's, wants what somebody must approve, or meets a bound; then what was put in
/// is kept for the client's next turn.
/// </summary>
/// <param name="context">The request.</param>
/// <param name="said">The request as its client sent it.</param>
/// <param name="session">What has been put in by now, for this turn and those before it.</param>
/// <param name="offer">The tools that the gateway runs.</param>
internal sealed partial class ToolLoop(
    StageContext context,
    ChatRequest said,
    Session session,
    ToolOffer offer,
    McpCaller caller,
    ToolRunner runner,
    SessionKeeper keeper,
    TimeProvider clock,
    ILogger<ToolLoop> logger)
{
    private const string CutOff = "The answer was cut off here, and the call was not run.";
    private const string NoMore = "No more tools are run in this answer.";

    private readonly RoundPolicy _policy = context.Route.Rounds;
    private readonly long _started = clock.GetTimestamp();
    private readonly List<Message> _hidden = [];
    private readonly List<ContentPart> _told = [];
    private TokenUsage _usage = new();

    public ToolOffer Offer => offer;

    /// <summary>The tools that the client runs.</summary>
    public ClientTools Client { get; } = new(said);

    public bool ShowsRuns { get; } = context.ShowsRuns;

    /// <summary>Which round is under way, from 0.</summary>
    public int Round { get; private set; }

    /// <summary>
    /// What the answer begins with: lists of tools, and what came of calls that were just approved. Nothing after the
    /// first round.
    /// </summary>
    public IReadOnlyList<ContentPart> Opening { get; set; } = [];

    /// <summary>What was put in is kept for the client's next turn, which does not bring it back.</summary>
    public bool IsRemembered { get; set; } = true;

    /// <summary>
    /// The client has been told words of an earlier round, and sees nothing that parts them from those that come.
    /// </summary>
    public bool NeedsBreak => !ShowsRuns
        && _told.FindLast(part => part is TextPart { Text.Length: > 0 }) is TextPart { Text: [.., not '\n'] };

    private TimeSpan Remaining => _policy.Time - clock.GetElapsedTime(_started);

    /// <summary>A bound is met with the round that is under way: its calls are not run.</summary>
    private bool IsLast { get; set; } = context.Route.Rounds.Most == 1;

    /// <summary>An attempt's share of the round that is under way.</summary>
    public ToolRound CreateRound() => new(this, Opening);

    /// <summary>
    /// Finds what the answer begins with: the lists of tools that the client has not seen yet, and what came of the
    /// calls that it has just said yes to.
    /// </summary>
    public void Open(AskedRuns asked)
    {
        var opening = new List<ContentPart>();
        if (ShowsRuns)
        {
            HashSet<string> known =
            [
                .. said.Messages.SelectMany(turn => turn.Parts).OfType<McpToolListPart>().Select(list => list.Server),
            ];
            opening.AddRange(offer.Lists.Where(list => known.Add(list.Server)));
        }

        foreach (McpApprovalRequestPart question in asked.Approved)
        {
            ToolResultPart result = asked.ResultOf(question.ApprovalId);
            opening.Add(new McpCallPart(question.ApprovalId, question.Server, question.Name, question.Arguments)
            {
                Made = question.Made,
                Round = question.Round,
                ApprovalId = question.ApprovalId,
            });
            opening.Add(new McpResultPart(question.ApprovalId, result.Parts) { IsError = result.IsError });
        }

        Opening = opening;
    }

    /// <summary>The request of the first round.</summary>
    public ChatRequest Begin(ChatRequest request) => IsLast ? WithoutTools(request) : request;

    private static ChatRequest WithoutTools(ChatRequest request) =>
        request.Tools.Count == 0 ? request : request with { ToolChoice = ToolChoice.None };

    public async ValueTask<IReadOnlyList<StreamEvent>?> EndAsync(
        ToolRound round, IAnswerListener client, CancellationToken cancellationToken)
    {
        Opening = [];
        _usage = _usage.Plus(round.Turn.Usage ?? new TokenUsage());
        _told.AddRange(round.Told);
        Finish finish = round.Turn.Finish ?? new Finish(FinishReason.Stop);
        if (round.Calls.Count == 0)
        {
            return await CloseAsync(round, [], finish, cancellationToken).ConfigureAwait(false);
        }

        bool isCut = finish.Reason is FinishReason.Length or FinishReason.ContentFilter;
        bool asks = round.Asks;
        IReadOnlyList<ToolResultPart> results =
            isCut ? await TellAsync(round, CutOff, client, cancellationToken).ConfigureAwait(false)
            : IsLast ? await TellAsync(round, NoMore, client, cancellationToken).ConfigureAwait(false)
            : round.Runnable.Count == 0 ? []
            : await RunAsync(round, client, cancellationToken).ConfigureAwait(false);
        if (isCut || IsLast || asks || round.CallsClient)
        {
            return await CloseAsync(round, results, Closing(round, finish, isCut, asks), cancellationToken)
                .ConfigureAwait(false);
        }

        GoOn(round, results);
        return null;
    }

    private static Finish Closing(ToolRound round, Finish finish, bool isCut, bool asks) => true switch
    {
        _ when isCut => finish,
        _ when round.CallsClient => finish with { Reason = FinishReason.ToolCalls },
        _ when asks => new Finish(FinishReason.Stop),
        _ => new Finish(FinishReason.Length),
    };

    /// <summary>Calls that are not run end in a result that says so.</summary>
    private ValueTask<IReadOnlyList<ToolResultPart>> TellAsync(
        ToolRound round, string reason, IAnswerListener client, CancellationToken cancellationToken) =>
        TellAsync(
            [.. round.Runnable.Select(call => Task.FromResult(ToolRunner.Failed(call.Call, reason)))],
            client,
            cancellationToken);

    /// <summary>Runs the calls that nobody has to be asked about. Whatever ends this, nothing of it runs on.</summary>
    private async ValueTask<IReadOnlyList<ToolResultPart>> RunAsync(
        ToolRound round, IAnswerListener client, CancellationToken cancellationToken)
    {
        TimeSpan left = Remaining > TimeSpan.Zero ? Remaining : TimeSpan.Zero;
        using var time = new CancellationTokenSource(left, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        context.MarkRun();
        IReadOnlyList<Task<ToolResultPart>> runs = runner.Begin(round.Runnable, caller, time.Token, over.Token);
        try
        {
            return await TellAsync(runs, client, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(runs)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Tells results as they come, in the order of their calls, to clients that see runs.</summary>
    private async ValueTask<IReadOnlyList<ToolResultPart>> TellAsync(
        IReadOnlyList<Task<ToolResultPart>> runs, IAnswerListener client, CancellationToken cancellationToken)
    {
        var results = new List<ToolResultPart>(runs.Count);
        foreach (Task<ToolResultPart> run in runs)
        {
            ToolResultPart result = await run.ConfigureAwait(false);
            results.Add(result);
            if (ShowsRuns)
            {
                var told = new McpResultPart(result.CallId, result.Parts) { IsError = result.IsError };
                _told.Add(told);
                await keeper.Results.KeepAsync(context, result.Parts, cancellationToken).ConfigureAwait(false);
                await client.TellAsync(told, cancellationToken).ConfigureAwait(false);
            }
        }

        return results;
    }

    /// <summary>The next round begins, with the model's turn as it was said and with what came of its calls.</summary>
    private void GoOn(ToolRound round, IReadOnlyList<ToolResultPart> results)
    {
        Message[] added = [new(Role.Assistant, [.. round.Turn.Parts]), new(Role.Tool, results)];
        _hidden.AddRange(added);
        Round++;
        var chat = (ChatRequest)context.Conversation;
        chat = chat with { Messages = [.. chat.Messages, .. added], ToolChoice = Free(chat.ToolChoice) };
        IsLast = Round >= _policy.Most - 1 || Remaining <= TimeSpan.Zero;
        if (IsLast)
        {
            context.Lose("tool_rounds");
            BoundMet(logger, context.RequestId, Round, Remaining <= TimeSpan.Zero ? "time" : "most");
            chat = WithoutTools(chat);
        }

        context.Conversation = chat;
    }

    /// <summary>A tool that must be called has been: what forced it holds for the first round alone.</summary>
    private static ToolChoice? Free(ToolChoice? choice) => choice switch
    {
        { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } => ToolChoice.Auto,
        { Mode: ToolChoiceMode.Allowed, Required: true } => choice with { Required = false },
        _ => choice,
    };

    private async ValueTask<IReadOnlyList<StreamEvent>> CloseAsync(
        ToolRound round, IReadOnlyList<ToolResultPart> results, Finish finish, CancellationToken cancellationToken)
    {
        bool isMixed = round.CallsClient && results.Count > 0 && !ShowsRuns;
        Session kept = session;
        if (!ShowsRuns)
        {
            List<Message> turns = [.. _hidden, new(Role.Assistant, [.. round.Turn.Parts])];
            if (results.Count > 0)
            {
                turns.Add(new Message(Role.Tool, results));
            }

            kept = SessionWeaver.AddAnswer(session, said, turns);
        }

        if (IsRemembered)
        {
            await keeper
                .KeepAsync(context, said, new Message(Role.Assistant, _told), kept, isMixed, cancellationToken)
                .ConfigureAwait(false);
        }

        return [new StreamEvent.UsageKnown(_usage), new StreamEvent.ResponseEnd(finish)];
    }

    [LoggerMessage(953, LogLevel.Warning, "{RequestId}: no more tools after {Rounds} rounds: rounds.{Bound} is met")]
    private static partial void BoundMet(ILogger logger, string requestId, int rounds, string bound);
}
