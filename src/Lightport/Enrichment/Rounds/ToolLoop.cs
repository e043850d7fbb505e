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
    private const string Money = "usd";
    private const string NoMore = "No more tools are run in this answer.";

    private readonly RoundPolicy _policy = context.Route.Rounds;
    private readonly long _started = clock.GetTimestamp();
    private readonly RunAllowance _allowance = new(said);
    private readonly RoundRuns _runs = new(context, caller, runner, keeper.Results, clock);
    private readonly List<Message> _hidden = [];
    private readonly List<ContentPart> _told = [];
    private TokenUsage _usage = new();

    /// <summary>What was called in the round that is under way costs more than is left: none of it is run.</summary>
    private bool _isTooDear;

    public ToolOffer Offer => offer;

    /// <summary>The tools that the client runs.</summary>
    public ClientTools Client { get; } = new(said);

    public bool ShowsRuns { get; } = context.ShowsRuns;

    /// <summary>The turn has had calls of the gateway's tools before the round that is under way.</summary>
    public bool HasRun { get; private set; } = MixedIds.AreUnderWay(said.Messages);

    /// <summary>The gateway has a tool that it would run in the round that is under way.</summary>
    public bool MayRun => !IsLast
        && offer.Tools.Any(tool => RunAllowance.Lets(tool.Name, ((ChatRequest)context.Conversation).ToolChoice));

    /// <summary>The length of what the model is asked in the round that is under way, guessed.</summary>
    public long PromptTokens => context.Exchange.PromptTokens;

    /// <summary>Answers for what is gathered of a round, until the request is over.</summary>
    /// <exception cref="GatewayException">There is no memory for it just now.</exception>
    public void TakeText(int characters) => context.TakeText(characters);

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

    /// <summary>Never negative.</summary>
    private TimeSpan Remaining =>
        _policy.Time - clock.GetElapsedTime(_started) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>A bound is met with the round that is under way, or its client wants no calls: none is run.</summary>
    private bool IsLast { get; set; }

    /// <summary>An attempt's share of the round that is under way.</summary>
    public ToolRound CreateRound() => new(this, Opening);

    /// <summary>So many of the calls that the client has just said yes to may be run.</summary>
    public int MostApproved => _allowance.Left;

    /// <summary>
    /// Finds what the answer begins with: the lists of tools that the client has not seen yet, and what came of the
    /// calls that it has just answered for.
    /// </summary>
    public void Open(AskedRuns asked)
    {
        _allowance.Take(asked.Approved.Count);
        var opening = new List<ContentPart>();
        if (ShowsRuns)
        {
            HashSet<string> known =
            [
                .. said.Messages.SelectMany(turn => turn.Parts).OfType<McpToolListPart>().Select(list => list.Server),
            ];
            opening.AddRange(offer.Lists.Where(list => known.Add(list.Server)));
        }

        foreach (McpApprovalRequestPart question in asked.Settled)
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

    /// <summary>A provider has given another answer beside the one that it was asked for.</summary>
    public void LoseChoice() => context.Lose("choices");

    /// <summary>The request of the first round.</summary>
    public ChatRequest Begin(ChatRequest request)
    {
        IsLast = _policy.Most == 1 || _allowance.IsSpent || request.ToolChoice is { Mode: ToolChoiceMode.None };
        return IsLast ? WithoutTools(request) : request;
    }

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
        IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> calls = round.Runnable;
        _isTooDear = !isCut && !IsLast && AreTooDear(calls);
        IReadOnlyList<ToolResultPart> results =
            isCut ? await _runs.RefuseAsync(calls, Round, CutOff, client, cancellationToken).ConfigureAwait(false)
            : IsLast || _isTooDear
                ? await _runs.RefuseAsync(calls, Round, NoMore, client, cancellationToken).ConfigureAwait(false)
            : calls.Count == 0 ? []
            : await _runs.RunAsync(calls, Round, Refusal, Remaining, client, cancellationToken).ConfigureAwait(false);
        if (ShowsRuns)
        {
            _told.AddRange(results.Select(ToldSearch.Told));
        }

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

    /// <summary>The next round begins, with the model's turn as it was said and with what came of its calls.</summary>
    private void GoOn(ToolRound round, IReadOnlyList<ToolResultPart> results)
    {
        Round++;
        HasRun |= round.Calls.Any(call => call.Tool is not null);
        string? bound = Bound();
        if (bound is not null)
        {
            context.Lose("tool_rounds");
            string why = bound == Money && context.Dollars is null ? ": what the model costs is not known" : "";
            BoundMet(logger, context.RequestId, Round, bound, why);
        }

        // What its client itself has bounded is no loss of its.
        IsLast = bound is not null || _allowance.IsSpent;

        // A client that sees runs brings them back without the mark, and its history would not be said the same.
        Message[] added =
        [
            new(Role.Assistant, [.. round.Turn.Parts]), new(Role.Tool, results) { EndsCalls = IsLast && !ShowsRuns },
        ];
        _hidden.AddRange(added);
        var chat = (ChatRequest)context.Conversation;
        chat = chat with { Messages = [.. chat.Messages, .. added], ToolChoice = Free(chat.ToolChoice) };
        context.Conversation = IsLast ? WithoutTools(chat) : chat;
    }

    /// <summary>Which bound of the route's is met with the rounds so far; null for none.</summary>
    private string? Bound() => true switch
    {
        _ when Remaining == TimeSpan.Zero => "time",
        _ when Round >= _policy.Most - 1 => "most",
        _ when _usage.Total >= _policy.Tokens => "tokens",

        _ when _isTooDear => Money,

        // What has no known price could be any sum.
        _ when _policy.Dollars is { } most && !(context.Dollars < most) => Money,
        _ => null,
    };

    /// <summary>What runs cost is known before they are made, and the bound holds for them.</summary>
    private bool AreTooDear(IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> calls) =>
        _policy.Dollars is { } most
        && calls.Sum(call => call.Tool?.Price ?? 0) is > 0 and var price
        && context.Dollars + price > most;

    private string? Refusal(ToolCallPart call) =>
        _allowance.Refusal(call, ((ChatRequest)context.Conversation).ToolChoice);

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
                .KeepAsync(context, said, new Message(Role.Assistant, _told), kept, round.IsMixed, cancellationToken)
                .ConfigureAwait(false);
        }

        return [new StreamEvent.UsageKnown(_usage), new StreamEvent.ResponseEnd(finish)];
    }

    [LoggerMessage(
        953, LogLevel.Warning, "{RequestId}: no more tools after {Rounds} rounds: rounds.{Bound} is met{Why}")]
    private static partial void BoundMet(ILogger logger, string requestId, int rounds, string bound, string why);
}
