using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// One attempt's share of an answer in which the gateway runs tools. Words go on as they come. A call of the gateway's
/// is told as one, to clients that see runs, and goes nowhere else; where they see nothing of runs, the client's own
/// calls wait until it is known whether they stand beside such a one: up to the first of these, or else up to the end
/// of what the model says. A call of a tool that nobody has is the gateway's, too: the model is told so, and its client
/// never hears of a tool that it has not declared.
/// </summary>
/// <param name="opening">What the answer begins with, before anything of the model's.</param>
internal sealed class ToolRound(ToolLoop loop, IReadOnlyList<ContentPart> opening) : IAnswerRound
{
    /// <summary>What parts the words of two rounds, where their client sees nothing else between them.</summary>
    private const string Break = "\n\n";

    /// <summary>The server of a tool that nobody has, in what clients are told.</summary>
    public const string NoServer = "unknown";

    private readonly SortedDictionary<int, OfferedTool?> _calls = [];
    private readonly SortedDictionary<int, List<StreamEvent.PartEvent>> _held = [];
    private readonly ToldParts _told = new();
    private bool _needsBreak = loop.NeedsBreak;
    private bool _isOpen;
    private bool _hasFailed;
    private int? _openCall;

    /// <summary>
    /// Whether the client's calls stand beside or behind runs that it never sees; null where that is not known yet.
    /// </summary>
    private bool? _isMixed = loop.ShowsRuns ? false : loop.HasRun ? true : loop.MayRun ? null : false;

    /// <summary>What the model said.</summary>
    public RoundTurn Turn { get; } = new(loop.PromptTokens, loop.TakeText);

    /// <summary>What the client was told of it, in that order. Known when the round is complete.</summary>
    public IReadOnlyList<ContentPart> Told { get; private set; } = [];

    /// <summary>
    /// The calls that the gateway answers, in the order in which they were made; without a tool where nobody has it.
    /// </summary>
    public IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> Calls { get; private set; } = [];

    /// <summary>Somebody has to be asked about one of them.</summary>
    public bool Asks => Calls.Any(call => call.Tool is { NeedsApproval: true });

    /// <summary>Those that nobody has to be asked about.</summary>
    public IReadOnlyList<(OfferedTool? Tool, ToolCallPart Call)> Runnable =>
        [.. Calls.Where(call => call.Tool is not { NeedsApproval: true })];

    /// <summary>The client has to answer calls of its own.</summary>
    public bool CallsClient { get; private set; }

    /// <summary>These calls say that there is more to the turn: without what is kept of it, it cannot go on.</summary>
    public bool IsMixed => CallsClient && _isMixed == true;

    public void Filter(StreamEvent streamEvent, List<StreamEvent> passed)
    {
        switch (streamEvent)
        {
            case { Choice: > 0 }:
                // One answer was asked for. Of a second one nothing may be run, nor be told as if it were the first's.
                loop.LoseChoice();
                break;
            case StreamEvent.ResponseEnd end:
                Turn.Finish ??= end.Finish;
                break;
            case StreamEvent.UsageKnown known:
                Turn.Usage = known.Usage;
                break;
            case StreamEvent.PartEvent piece:
                Open(passed);
                Turn.Add(piece);
                Take(piece, passed);
                break;
            case StreamEvent.Failed:
                _hasFailed = true;
                passed.Add(streamEvent);
                break;
            default:
                passed.Add(streamEvent);
                break;
        }
    }

    public void Complete(List<StreamEvent> passed)
    {
        if (_hasFailed)
        {
            // What still waits was never the client's: the answer is none, and its error has been told.
            return;
        }

        Open(passed);
        Turn.EndAll();
        while (_openCall is { } open)
        {
            EndCall(open, passed);
        }

        _isMixed ??= false;
        Release(passed);
        Calls = [.. _calls.Select(call => (call.Value, (ToolCallPart)Turn.Find(call.Key)!))];
        Told = _told.Of(Turn);
    }

    public ValueTask<IReadOnlyList<StreamEvent>?> EndAsync(
        IAnswerListener client, CancellationToken cancellationToken) =>
        loop.EndAsync(this, client, cancellationToken);

    private void Open(List<StreamEvent> passed)
    {
        if (_isOpen)
        {
            return;
        }

        _isOpen = true;
        foreach (ContentPart part in opening)
        {
            Tell(part, passed);
        }
    }

    private void Take(StreamEvent.PartEvent piece, List<StreamEvent> passed)
    {
        if (_held.TryGetValue(piece.Index, out List<StreamEvent.PartEvent>? pieces))
        {
            pieces.Add(piece);
        }
        else if (MustWait(piece))
        {
            _held.Add(piece.Index, [piece]);
        }
        else
        {
            Tell(piece, passed);
        }
    }

    /// <summary>
    /// For clients that see runs, what begins behind a call of the gateway's that is not complete waits for it, so that
    /// they are told all in the model's order, and bring it back in that. For all others their calls wait whose ids
    /// may have to say that there is more to the turn.
    /// </summary>
    private bool MustWait(StreamEvent.PartEvent piece) => _openCall is { } open
        ? piece.Index != open && !_told.Has(piece.Index)
        : _isMixed is null && piece is StreamEvent.PartStart { Part: ToolCallPart begun } && IsClients(begun);

    private void Tell(StreamEvent.PartEvent piece, List<StreamEvent> passed)
    {
        if (piece is StreamEvent.PartStart { Part: ToolCallPart begun })
        {
            BeginCall(piece.Index, begun, passed);
        }

        if (_calls.ContainsKey(piece.Index))
        {
            if (piece is StreamEvent.PartEnd && piece.Index == _openCall)
            {
                EndCall(piece.Index, passed);
            }
        }
        else
        {
            Func<ContentPart, ContentPart>? form = piece is StreamEvent.PartStart begins ? FormOf(begins.Part) : null;
            int index = _told.IndexOf(piece.Index, form);
            if (_needsBreak && piece is StreamEvent.TextDelta { Text.Length: > 0 })
            {
                _needsBreak = false;
                passed.Add(new StreamEvent.TextDelta(index, Break));
                _told.Precede(piece.Index, new TextPart(Break));
            }

            passed.Add(form is not null && piece is StreamEvent.PartStart start
                ? start with { Index = index, Part = form(start.Part) }
                : piece with { Index = index });
        }
    }

    /// <summary>How the client is told a part of the model's; null for just as the model said it.</summary>
    private Func<ContentPart, ContentPart>? FormOf(ContentPart part) => part switch
    {
        ToolCallPart when _isMixed == true => MixedIds.Marked,
        ToolCallPart or TextPart when loop.ShowsRuns && _calls.Count > 0 => MixedIds.Tied,
        _ => null,
    };

    private OfferedTool? ToolOf(ToolCallPart call) =>
        call.Kind == ToolKind.Function ? loop.Offer.Find(call.Name) : null;

    private bool IsClients(ToolCallPart call) => ToolOf(call) is null && loop.Client.Has(call);

    private void BeginCall(int index, ToolCallPart call, List<StreamEvent> passed)
    {
        if (IsClients(call))
        {
            CallsClient = true;
            return;
        }

        OfferedTool? tool = ToolOf(call);
        _calls.Add(index, tool);
        if (loop.ShowsRuns)
        {
            _openCall = index;
        }
        else if (tool is not null && _isMixed is null)
        {
            _isMixed = true;
            Release(passed);
        }
    }

    /// <summary>Tells a call to clients that see runs, and then what has waited for it.</summary>
    private void EndCall(int index, List<StreamEvent> passed)
    {
        var call = (ToolCallPart)Turn.Find(index)!;
        OfferedTool? tool = _calls[index];
        (string server, string name) = tool is null ? (NoServer, call.Name) : (tool.Label, tool.Tool.Name);
        Tell(
            tool is { NeedsApproval: true }
                ? new McpApprovalRequestPart(call.CallId, server, name, call.Arguments)
                {
                    Made = call,
                    Round = loop.Round,
                }
                : new McpCallPart(call.CallId, server, name, call.Arguments) { Made = call, Round = loop.Round },
            passed);
        _openCall = null;
        Release(passed);
    }

    /// <summary>Tells what has waited, up to the next call that is not complete.</summary>
    private void Release(List<StreamEvent> passed)
    {
        while (_openCall is null && _held.Count > 0)
        {
            (int index, List<StreamEvent.PartEvent> pieces) = _held.First();
            _held.Remove(index);
            foreach (StreamEvent.PartEvent piece in pieces)
            {
                Tell(piece, passed);
            }
        }
    }

    private void Tell(ContentPart part, List<StreamEvent> passed) =>
        passed.AddRange(ResponseReplay.Tell(_told.Add(part), part));
}
