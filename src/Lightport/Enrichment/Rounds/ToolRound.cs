using Lightport.Conversation;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges.Stages;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// One attempt's share of an answer in which the gateway runs tools. Words go on as they come. A call of the gateway's
/// is told as one, to clients that see runs, and goes nowhere else; where they see nothing of runs, the client's own
/// calls wait until it is known whether they stand beside such a one.
/// </summary>
/// <param name="opening">What the answer begins with, before anything of the model's.</param>
internal sealed class ToolRound(ToolLoop loop, IReadOnlyList<ContentPart> opening) : IAnswerRound
{
    /// <summary>What parts the words of two rounds, where their client sees nothing else between them.</summary>
    private const string Break = "\n\n";

    private readonly Dictionary<int, int> _told = [];
    private readonly SortedDictionary<int, OfferedTool> _calls = [];
    private readonly HashSet<int> _ended = [];
    private readonly List<int> _waiting = [];
    private bool _needsBreak = loop.NeedsBreak;
    private bool _isOpen;
    private int _next;

    /// <summary>What the model said.</summary>
    public RoundTurn Turn { get; } = new();

    /// <summary>What the client was told of it, in that order.</summary>
    public List<ContentPart> Told { get; } = [];

    /// <summary>The calls of the gateway's tools, in the order in which they were made.</summary>
    public List<(OfferedTool Tool, ToolCallPart Call)> Calls { get; } = [];

    /// <summary>Those that nobody has to be asked about.</summary>
    public IReadOnlyList<(OfferedTool Tool, ToolCallPart Call)> Runnable =>
        [.. Calls.Where(call => !call.Tool.NeedsApproval)];

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
                Tell(piece, passed);
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
        foreach (int index in _calls.Keys.Where(index => !_ended.Contains(index)))
        {
            EndCall(index, passed);
        }

        foreach (int index in _waiting)
        {
            var call = (ToolCallPart)Turn.Find(index)!;
            Tell(Calls.Count == 0 ? call : call with { CallId = MixedIds.Marked(call.CallId) }, passed);
        }

        Told.AddRange(_told.Keys.Order().Select(Turn.Find).OfType<ContentPart>());
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

    private void Tell(StreamEvent.PartEvent piece, List<StreamEvent> passed)
    {
        if (piece is StreamEvent.PartStart { Part: ToolCallPart call })
        {
            if (call.Kind == ToolKind.Function && loop.Offer.Find(call.Name) is { } tool)
            {
                _calls.Add(piece.Index, tool);
            }
            else
            {
                CallsClient = true;
                if (!loop.ShowsRuns)
                {
                    _waiting.Add(piece.Index);
                }
            }
        }

        if (_calls.ContainsKey(piece.Index))
        {
            if (piece is StreamEvent.PartEnd)
            {
                EndCall(piece.Index, passed);
            }
        }
        else if (!_waiting.Contains(piece.Index))
        {
            if (!_told.TryGetValue(piece.Index, out int index))
            {
                _told.Add(piece.Index, index = _next++);
            }

            if (_needsBreak && piece is StreamEvent.TextDelta { Text.Length: > 0 })
            {
                _needsBreak = false;
                passed.Add(new StreamEvent.TextDelta(index, Break));
                Told.Add(new TextPart(Break));
            }

            passed.Add(piece with { Index = index });
        }
    }

    private void EndCall(int index, List<StreamEvent> passed)
    {
        var call = (ToolCallPart)Turn.Find(index)!;
        OfferedTool tool = _calls[index];
        _ended.Add(index);
        Calls.Add((tool, call));
        if (loop.ShowsRuns)
        {
            (string server, string name) = (tool.Label, tool.Tool.Name);
            Tell(
                tool.NeedsApproval
                    ? new McpApprovalRequestPart(call.CallId, server, name, call.Arguments)
                    {
                        Made = call,
                        Round = loop.Round,
                    }
                    : new McpCallPart(call.CallId, server, name, call.Arguments) { Made = call, Round = loop.Round },
                passed);
        }
    }

    private void Tell(ContentPart part, List<StreamEvent> passed)
    {
        passed.AddRange(ResponseReplay.Tell(_next++, part));
        Told.Add(part);
    }
}
