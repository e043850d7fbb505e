using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// A state machine over one answer's events: tools get the client's names back, and the call of the answer's own tool
/// becomes the answer's text. Text beside that call is no part of the answer, which must be JSON and nothing else: it
/// is told as reasoning. So text is held back until it is known what it was.
/// </summary>
internal sealed class AnswerRestorer(AnswerRestoration restoration, AnswerLosses losses)
{
    /// <summary>More than this is no preface: it is told as it comes.</summary>
    private const int MostHeldCharacters = 1_048_576;

    private readonly AnswerSchemaWatch? _watch =
        restoration.Schema is { } schema ? new AnswerSchemaWatch(schema, losses) : null;

    private readonly List<StreamEvent> _held = [];
    private readonly Dictionary<int, int> _calls = [];
    private int _heldCharacters;
    private int _answering = -1;
    private bool _answered;
    private bool _tellsText = restoration.AnswerTool is null;

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
            case StreamEvent.ToolCallStart start when start.Name == restoration.AnswerTool:
                Begin(start, events);
                break;
            case StreamEvent.ToolCallStart start:
                Release(events, asReasoning: false);
                _calls[start.Index] = _calls.Count;
                events.Add(start with
                {
                    Index = _calls[start.Index],
                    Name = restoration.ToolNames.GetValueOrDefault(start.Name, start.Name),
                });
                break;
            case StreamEvent.ToolCallDelta delta:
                events.Add(_calls.TryGetValue(delta.Index, out int index)
                    ? delta with { Index = index }
                    : Text(delta.Arguments, delta));
                break;
            case StreamEvent.ToolCallEnd end:
                events.Add(_calls.TryGetValue(end.Index, out int ended)
                    ? end with { Index = ended }
                    : new StreamEvent.PartEnd { Choice = end.Choice });
                break;
            case StreamEvent.TextDelta or StreamEvent.CitationAdded or StreamEvent.PartEnd when !_tellsText:
                Hold(told, events);
                break;
            case StreamEvent.ResponseEnd end:
                Release(events, asReasoning: false);
                events.Add(_answered && _calls.Count == 0 && end.Finish.Reason == FinishReason.ToolCalls
                    ? end with { Finish = new Finish(FinishReason.Stop) }
                    : end);
                break;
            case StreamEvent.Failed:
                Release(events, asReasoning: false);
                events.Add(told);
                break;
            default:
                events.Add(told);
                break;
        }
    }

    /// <summary>Of several such calls the first is the answer; the others are told as what they are not.</summary>
    private void Begin(StreamEvent.ToolCallStart start, List<StreamEvent> events)
    {
        Release(events, asReasoning: true);
        if (!_answered)
        {
            (_answered, _answering) = (true, start.Index);
        }
    }

    private StreamEvent Text(string text, StreamEvent.ToolCallDelta delta) => delta.Index == _answering
        ? new StreamEvent.TextDelta(text) { Choice = delta.Choice }
        : new StreamEvent.ReasoningDelta(text) { Choice = delta.Choice };

    private void Hold(StreamEvent told, List<StreamEvent> events)
    {
        _held.Add(told);
        _heldCharacters += told is StreamEvent.TextDelta text ? text.Text.Length : 0;
        if (_answered)
        {
            Release(events, asReasoning: true);
        }
        else if (_heldCharacters > MostHeldCharacters)
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
                case StreamEvent.TextDelta text when asReasoning || _answered:
                    events.Add(new StreamEvent.ReasoningDelta(text.Text) { Choice = text.Choice });
                    break;
                case StreamEvent.CitationAdded when asReasoning || _answered:
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
