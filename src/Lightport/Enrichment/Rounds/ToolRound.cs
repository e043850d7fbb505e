using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// One attempt's share of an answer in which the gateway runs tools. Words go on as they come. A call of the gateway's
/// is told as one, to clients that see runs, and goes nowhere else; where they see nothing of runs, the client's own
/// calls wait until it is known whether they stand beside such a one. A call of a tool that nobody has is the
/// gateway's, too: the model is told so, and its client never hears of a tool that it has not declared.
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
    private readonly SortedSet<int> _waiting = [];
    private readonly ToldParts _told = new();
    private bool _needsBreak = loop.NeedsBreak;
    private bool _isOpen;
    private int? _openCall;

    /// <summary>What the model said.</summary>
    public RoundTurn Turn { get; } = new(loop.PromptTokens);

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

    public void Filter(StreamEvent streamEvent, List<StreamEvent> passed)
    {
        switch (streamEvent)
        {
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
            default:
                passed.Add(streamEvent);
                break;
        }
    }

    public void Complete(List<StreamEvent> passed)
    {
        Open(passed);
        Turn.EndAll();
        while (_openCall is { } open)
        {
            EndCall(open, passed);
        }

        Calls = [.. _calls.Select(call => (call.Value, (ToolCallPart)Turn.Find(call.Key)!))];
        foreach (int index in _waiting)
        {
            var call = (ToolCallPart)Turn.Find(index)!;
            Tell(Calls.Count == 0 ? call : call with { CallId = MixedIds.Marked(call.CallId) }, passed);
        }

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

    /// <summary>
    /// What begins behind a call of the gateway's that is not complete waits for it, so that its client is told all in
    /// the model's order, and brings it back in that.
    /// </summary>
    private void Take(StreamEvent.PartEvent piece, List<StreamEvent> passed)
    {
        if (_openCall is not { } open || piece.Index == open || _told.Has(piece.Index))
        {
            Tell(piece, passed);
        }
        else if (_held.TryGetValue(piece.Index, out List<StreamEvent.PartEvent>? pieces))
        {
            pieces.Add(piece);
        }
        else
        {
            _held.Add(piece.Index, [piece]);
        }
    }

    private void Tell(StreamEvent.PartEvent piece, List<StreamEvent> passed)
    {
        if (piece is StreamEvent.PartStart { Part: ToolCallPart begun })
        {
            BeginCall(piece.Index, begun);
        }

        if (_calls.ContainsKey(piece.Index))
        {
            if (piece is StreamEvent.PartEnd && piece.Index == _openCall)
            {
                EndCall(piece.Index, passed);
            }
        }
        else if (!_waiting.Contains(piece.Index))
        {
            bool isTied = piece is StreamEvent.PartStart { Part: ToolCallPart or TextPart }
                && loop.ShowsRuns && _calls.Count > 0;
            int index = _told.IndexOf(piece.Index, isTied);
            if (_needsBreak && piece is StreamEvent.TextDelta { Text.Length: > 0 })
            {
                _needsBreak = false;
                passed.Add(new StreamEvent.TextDelta(index, Break));
                _told.Precede(piece.Index, new TextPart(Break));
            }

            passed.Add(isTied && piece is StreamEvent.PartStart start
                ? start with { Index = index, Part = MixedIds.Tied(start.Part) }
                : piece with { Index = index });
        }
    }

    private void BeginCall(int index, ToolCallPart call)
    {
        OfferedTool? tool = call.Kind == ToolKind.Function ? loop.Offer.Find(call.Name) : null;
        if (tool is null && loop.Client.Has(call))
        {
            CallsClient = true;
            if (!loop.ShowsRuns)
            {
                _waiting.Add(index);
            }

            return;
        }

        _calls.Add(index, tool);
        if (loop.ShowsRuns)
        {
            _openCall = index;
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
