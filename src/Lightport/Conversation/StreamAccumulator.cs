using System.Text;
using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>Folds stream events into the whole answer that the same provider would have given unstreamed.</summary>
public sealed class StreamAccumulator
{
    private readonly SortedDictionary<int, ChoiceBuilder> _choices = [];
    private string _id = "";
    private string _model = "";
    private long _created;
    private string? _serviceTier;
    private TokenUsage? _usage;

    /// <summary>Set when the stream broke off; what came before is still in <see cref="ToResponse"/>.</summary>
    public GatewayError? Error { get; private set; }

    public void Add(StreamEvent streamEvent)
    {
        switch (streamEvent)
        {
            case StreamEvent.ResponseStart start:
                (_id, _model, _created) = (start.Id, start.Model, start.Created);
                _serviceTier = start.ServiceTier;
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                break;
            case StreamEvent.Failed failed:
                Error = failed.Error;
                break;
            default:
                Choice(streamEvent.Choice).Add(streamEvent);
                break;
        }
    }

    public ChatResponse ToResponse() => new()
    {
        Id = _id,
        Model = _model,
        Created = _created,
        Choices = [.. _choices.Select(pair => pair.Value.Build(pair.Key))],
        Usage = _usage,
        ServiceTier = _serviceTier,
    };

    private ChoiceBuilder Choice(int index)
    {
        if (!_choices.TryGetValue(index, out ChoiceBuilder? choice))
        {
            _choices.Add(index, choice = new ChoiceBuilder());
        }

        return choice;
    }

    private sealed class ChoiceBuilder
    {
        private readonly List<ContentPart?> _parts = [];
        private readonly Dictionary<int, (int Slot, StreamEvent.ToolCallStart Start, StringBuilder Text)> _calls = [];
        private readonly StringBuilder _text = new();
        private readonly List<Citation> _citations = [];
        private readonly List<JsonElement> _logprobs = [];
        private Type? _open;
        private (int Slot, AudioBuilder Sound)? _audio;
        private Finish _finish = new(FinishReason.Stop);

        public void Add(StreamEvent streamEvent)
        {
            switch (streamEvent)
            {
                case StreamEvent.TextDelta text:
                    Open<TextPart>().Append(text.Text);
                    break;
                case StreamEvent.RefusalDelta refusal:
                    Open<RefusalPart>().Append(refusal.Text);
                    break;
                case StreamEvent.ReasoningDelta reasoning:
                    Open<ReasoningPart>().Append(reasoning.Text);
                    break;
                case StreamEvent.ReasoningSealed sealing:
                    string thought = _open == typeof(ReasoningPart) ? TakeText() : CloseThenEmpty();
                    _parts.Add(new ReasoningPart(thought) { State = sealing.State });
                    break;
                case StreamEvent.CitationAdded citation:
                    Open<TextPart>();
                    _citations.Add(citation.Citation);
                    break;
                case StreamEvent.ToolCallStart call:
                    Close();
                    _calls[call.Index] = (_parts.Count, call, new StringBuilder());
                    _parts.Add(null);
                    break;
                case StreamEvent.ToolCallDelta delta:
                    _calls[delta.Index].Text.Append(delta.Arguments);
                    break;
                case StreamEvent.AudioDelta delta:
                    Audio().Add(delta);
                    break;
                case StreamEvent.OpaqueAdded opaque:
                    Close();
                    _parts.Add(opaque.Part);
                    break;
                case StreamEvent.LogprobsDelta logprobs:
                    _logprobs.Add(logprobs.Content);
                    break;
                case StreamEvent.PartEnd:
                    Close();
                    break;
                case StreamEvent.ResponseEnd end:
                    _finish = end.Finish;
                    break;
            }
        }

        public ChatChoice Build(int index)
        {
            Close();
            foreach ((int slot, StreamEvent.ToolCallStart start, StringBuilder arguments) in _calls.Values)
            {
                string text = arguments.Length == 0 && start.Kind == ToolKind.Function ? "{}" : arguments.ToString();
                _parts[slot] = new ToolCallPart(start.Id, start.Name, text) { Kind = start.Kind, State = start.State };
            }

            if (_audio is { } audio)
            {
                _parts[audio.Slot] = audio.Sound.Build();
            }

            return new ChatChoice(index, [.. _parts.OfType<ContentPart>()], _finish)
            {
                Logprobs = LogprobsMerger.Merge(_logprobs),
            };
        }

        private AudioBuilder Audio()
        {
            if (_audio is null)
            {
                Close();
                _audio = (_parts.Count, new AudioBuilder());
                _parts.Add(null);
            }

            return _audio.Value.Sound;
        }

        private StringBuilder Open<TPart>()
        {
            if (_open != typeof(TPart))
            {
                Close();
                _open = typeof(TPart);
            }

            return _text;
        }

        private void Close()
        {
            Type? closing = _open;
            string text = TakeText();
            if (closing == typeof(TextPart))
            {
                _parts.Add(new TextPart(text) { Citations = [.. _citations] });
                _citations.Clear();
            }
            else if (closing == typeof(RefusalPart))
            {
                _parts.Add(new RefusalPart(text));
            }
            else if (closing == typeof(ReasoningPart))
            {
                _parts.Add(new ReasoningPart(text));
            }
        }

        private string CloseThenEmpty()
        {
            Close();
            return "";
        }

        private string TakeText()
        {
            string text = _text.ToString();
            _text.Clear();
            _open = null;
            return text;
        }
    }
}
