using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// A state machine over one answer's events: tools get the client's names back, and the call of the answer's own tool
/// becomes the answer's text. Text beside that call is no part of the answer, which must be JSON and nothing else: it
/// is told as reasoning. So text is held back until it is known what it was. A function's call that stands in for a
/// custom tool's is held back too, until its text can be taken out whole.
/// </summary>
internal sealed class AnswerRestorer(AnswerRestoration restoration, AnswerLosses losses)
{
    /// <summary>More than this is no preface: it is told as it comes.</summary>
    private const int MostHeldCharacters = 1_048_576;
    private const int MostHeldEvents = 65_536;

    private readonly AnswerSchemaWatch? _watch =
        restoration.Schema is { } schema ? new AnswerSchemaWatch(schema, losses) : null;

    private readonly List<StreamEvent> _held = [];
    private readonly List<int> _answerCalls = [];
    private SortedDictionary<(int Choice, int Index), StringBuilder>? _standIns;
    private int _heldCharacters;
    private bool _sawOtherCall;
    private bool _tellsText = restoration.AnswerTool is null;

    private bool IsAnswered => _answerCalls.Count > 0;

    public void Add(StreamEvent told, List<StreamEvent> events)
    {
        int before = events.Count;
        Restore(told, events);
        for (int i = before; i < events.Count; i++)
        {
            _watch?.See(events[i]);
        }
    }

    private void Restore(StreamEvent told, List<StreamEvent> events)
    {
        switch (told)
        {
            case StreamEvent.PartStart { Part: ToolCallPart call } start when call.Name == restoration.AnswerTool:
                Begin(start, events);
                break;
            case StreamEvent.PartStart { Part: ToolCallPart call } start:
                Release(events, asReasoning: false);
                _sawOtherCall = true;
                events.Add(start with { Part = Named(call, start) });
                break;
            case StreamEvent.ToolCallDelta delta when StandIn(delta) is { } arguments:
                arguments.Append(delta.Arguments);
                break;
            case StreamEvent.PartEnd end when StandIn(end) is { } arguments:
                EndStandIn(end, arguments, events);
                break;
            case StreamEvent.ToolCallDelta delta when _answerCalls.Contains(delta.Index):
                events.Add(Text(delta));
                break;
            case StreamEvent.ResponseEnd end:
                Release(events, asReasoning: false);
                EndStandIns(end.Choice, events);
                events.Add(IsAnswered && !_sawOtherCall && end.Finish.Reason == FinishReason.ToolCalls
                    ? end with { Finish = new Finish(FinishReason.Stop) }
                    : end);
                break;
            case StreamEvent.Failed:
                Release(events, asReasoning: false);
                events.Add(told);
                break;
            default:
                Hold(told, events);
                break;
        }
    }

    /// <summary>The call by the client's name, and as the kind that the client knows the tool as.</summary>
    private ToolCallPart Named(ToolCallPart call, StreamEvent.PartStart start)
    {
        string name = restoration.ToolNames.GetValueOrDefault(call.Name, call.Name);
        if (call.Kind != ToolKind.Function || !restoration.CustomTools.Contains(name))
        {
            return call with { Name = name };
        }

        (_standIns ??= [])[(start.Choice, start.Index)] = new StringBuilder();
        return call with { Name = name, Kind = ToolKind.Custom };
    }

    private StringBuilder? StandIn(StreamEvent.PartEvent piece) =>
        _standIns?.GetValueOrDefault((piece.Choice, piece.Index));

    private void EndStandIn(StreamEvent.PartEnd end, StringBuilder arguments, List<StreamEvent> events)
    {
        _standIns!.Remove((end.Choice, end.Index));
        string text = CustomCallText.In(arguments.ToString());
        events.Add(new StreamEvent.ToolCallDelta(end.Index, text) { Choice = end.Choice });
        events.Add(end);
    }

    /// <summary>Calls that nobody ended end with the answer.</summary>
    private void EndStandIns(int choice, List<StreamEvent> events)
    {
        if (_standIns is null)
        {
            return;
        }

        foreach ((int Choice, int Index) call in _standIns.Keys.Where(call => call.Choice == choice).ToArray())
        {
            var end = new StreamEvent.PartEnd(call.Index) { Choice = choice };
            EndStandIn(end, _standIns[call], events);
        }
    }

    /// <summary>Of several such calls the first is the answer; the others are told as what they are not.</summary>
    private void Begin(StreamEvent.PartStart start, List<StreamEvent> events)
    {
        Release(events, asReasoning: true);
        events.Add(start with { Part = IsAnswered ? new ReasoningPart("") : new TextPart("") });
        _answerCalls.Add(start.Index);
    }

    private StreamEvent Text(StreamEvent.ToolCallDelta delta) => delta.Index == _answerCalls[0]
        ? new StreamEvent.TextDelta(delta.Index, delta.Arguments) { Choice = delta.Choice }
        : new StreamEvent.ReasoningDelta(delta.Index, delta.Arguments) { Choice = delta.Choice };

    /// <summary>Holds text back, and what follows on text that is held, which does not overtake it.</summary>
    private void Hold(StreamEvent told, List<StreamEvent> events)
    {
        bool isText =
            told is StreamEvent.PartStart { Part: TextPart } or StreamEvent.TextDelta or StreamEvent.CitationAdded;
        if (_tellsText || (_held.Count == 0 && !isText))
        {
            events.Add(told);
            return;
        }

        _held.Add(told);
        _heldCharacters += told is StreamEvent.TextDelta text ? text.Text.Length : 0;
        if (IsAnswered)
        {
            Release(events, asReasoning: true);
        }
        else if (_heldCharacters > MostHeldCharacters || _held.Count > MostHeldEvents)
        {
            Release(events, asReasoning: false);
            _tellsText = true;
        }
    }

    private void Release(List<StreamEvent> events, bool asReasoning)
    {
        foreach (StreamEvent held in _held)
        {
            switch (held)
            {
                case StreamEvent.PartStart { Part: TextPart } start when asReasoning || IsAnswered:
                    events.Add(start with { Part = new ReasoningPart("") });
                    break;
                case StreamEvent.TextDelta text when asReasoning || IsAnswered:
                    events.Add(new StreamEvent.ReasoningDelta(text.Index, text.Text) { Choice = text.Choice });
                    break;
                case StreamEvent.CitationAdded when asReasoning || IsAnswered:
                    break;
                default:
                    events.Add(held);
                    break;
            }
        }

        _held.Clear();
        _heldCharacters = 0;
    }
}
