using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads the deltas of one choice of a streamed answer.</summary>
internal sealed class OpenAIChatChoiceDecoder(string responseId, int index)
{
    private readonly OpenAIChatCallTracker _calls = new();
    private readonly AnswerParts _parts = new(index);
    private readonly OpenAIChatReasoningDecoder _reasoning = new();
    private int? _audio;
    private string? _finish;
    private string? _nativeFinish;
    private string? _stop;
    private bool _hasCitations;

    public int Index { get; } = index;

    public bool HasFinish => _finish is not null;

    /// <summary>Set when the finish reason says that the provider broke off.</summary>
    public GatewayError? Failure { get; private set; }

    public void Decode(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        _reasoning.Decode(choice, data, _parts, events);
        if (choice.Content.IsText(data))
        {
            _parts.TellText(LenientText.Read(choice.Content.In(data)), events);
        }

        if (OpenAIChatCallList.Is(data, choice.ToolCalls))
        {
            DecodeCalls(choice, data, events);
        }

        DecodeRare(choice, data, events);
        if (choice.FinishReason.IsText(data) && _finish is null)
        {
            _finish = LenientText.Read(choice.FinishReason.In(data));
            _nativeFinish = choice.NativeFinishReason.Text(data);
            _stop = choice.Stop.Text(data);
            Failure = OpenAIChatFinish.IsFailure(_finish) ? OpenAIChatFinish.Failure(_finish, ErrorStage.Stream) : null;
        }
    }

    /// <summary>Tells text in which nothing is escaped.</summary>
    public void Tell(ReadOnlySpan<byte> text, List<StreamEvent> events) =>
        _parts.TellText(Encoding.UTF8.GetString(text), events);

    /// <summary>Sources beside the choices count where the answer has no annotations of its own.</summary>
    public void AddSources(JsonElement chunk, List<StreamEvent> events)
    {
        if (!_hasCitations)
        {
            AddCitations(OpenAIChatCitations.ReadSources(chunk), events);
        }
    }

    public void End(List<StreamEvent> events)
    {
        _parts.EndRunning(events);
        if (_audio is { } audio)
        {
            _parts.End(audio, events);
        }

        foreach (OpenAIChatTrackedCall call in _calls.Calls)
        {
            if (!call.Started)
            {
                Start(call, "", default, null, [], events);
            }

            _parts.End(call.Part, events);
        }

        Finish finish = OpenAIChatFinish.Read(_finish, _nativeFinish, _calls.Calls.Count > 0, _stop);
        events.Add(new StreamEvent.ResponseEnd(finish) { Choice = Index });
    }

    private void DecodeRare(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        if (choice.Content.Is(data, '['))
        {
            DecodeParts(JsonElement.Parse(choice.Content.In(data)), events);
        }

        if (choice.Refusal.IsText(data))
        {
            _parts.TellRefusal(LenientText.Read(choice.Refusal.In(data)), events);
        }

        if (choice.FunctionCall.Is(data, '{'))
        {
            var reader = new Utf8JsonReader(choice.FunctionCall.In(data));
            reader.Read();
            Decode(OpenAIChatCallDelta.Read(ref reader, choice.FunctionCall.Start), null, data, events);
        }

        if (choice.Annotations.Is(data, '['))
        {
            JsonElement annotations = JsonElement.Parse(choice.Annotations.In(data));
            AddCitations([.. annotations.EnumerateArray().Select(OpenAIChatCitations.Read)], events);
        }

        if (choice.Audio.Is(data, '{'))
        {
            DecodeAudio(JsonElement.Parse(choice.Audio.In(data)), events);
        }

        AddExtra("images", choice.Images, data, events);
        AddExtra("executed_tools", choice.ExecutedTools, data, events);
        if (choice.Logprobs.Is(data, '{'))
        {
            ChoiceLogprobs logprobs = OpenAIChatLogprobs.Read(JsonElement.Parse(choice.Logprobs.In(data)));
            events.Add(new StreamEvent.LogprobsDelta(logprobs) { Choice = Index });
        }
    }

    private void AddExtra(
        string name, JsonSlice list, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        if (list.Is(data, '[') && list.In(data).Contains((byte)'{'))
        {
            foreach (ContentPart part in OpenAIChatExtras.Read(name, JsonElement.Parse(list.In(data))))
            {
                _parts.Add(part, events);
            }
        }
    }

    /// <summary>All the sound of an answer is one part, whatever is told between its pieces.</summary>
    private void DecodeAudio(JsonElement audio, List<StreamEvent> events)
    {
        _audio ??= _parts.Begin(OpenAIChatAudio.Opening(audio), events);
        _parts.Tell(OpenAIChatAudio.ReadDelta(_audio.Value, audio), events);
    }

    /// <summary>Mistral's content is a list of parts while the model thinks.</summary>
    private void DecodeParts(JsonElement parts, List<StreamEvent> events)
    {
        foreach (JsonElement part in parts.EnumerateArray())
        {
            string type = part.TextOf("type") ?? "unknown";
            string text = type == "thinking" ? OpenAIChatReasoning.ThinkingText(part) : part.TextOf("text") ?? "";
            switch (type)
            {
                case "text" or "thinking" when text.Length == 0:
                    break;
                case "text":
                    _parts.TellText(text, events);
                    break;
                case "thinking":
                    _parts.TellReasoning(text, events);
                    break;
                default:
                    _parts.Add(new OpaquePart(DialectIds.OpenAIChat, type, part), events);
                    break;
            }
        }
    }

    private void DecodeCalls(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        OpenAIChatCallStates? states = OpenAIChatReasoningDecoder.StatesOfCalls(choice, data);
        var calls = new OpenAIChatCallList(data, choice.ToolCalls);
        while (calls.Next(out OpenAIChatCallDelta call))
        {
            Decode(call, states, data, events);
        }
    }

    private void Decode(
        in OpenAIChatCallDelta delta,
        OpenAIChatCallStates? states,
        ReadOnlySpan<byte> data,
        List<StreamEvent> events)
    {
        bool hasName = delta.Name.IsText(data);
        OpenAIChatTrackedCall call = _calls.Resolve(delta.Index, delta.Id.Text(data), hasName);
        string arguments = delta.Arguments.Text(data)
            ?? (delta.Arguments.Is(data, '{') ? Encoding.UTF8.GetString(delta.Arguments.In(data)) : "");
        if (!call.Started && !hasName)
        {
            call.Hold(arguments);
            return;
        }

        if (!call.Started)
        {
            Start(call, LenientText.Read(delta.Name.In(data)), delta, states, data, events);
        }

        if (arguments.Length > 0)
        {
            _parts.TellArguments(call.Part, arguments, events);
        }
    }

    private void Start(
        OpenAIChatTrackedCall call,
        string name,
        in OpenAIChatCallDelta delta,
        OpenAIChatCallStates? states,
        ReadOnlySpan<byte> data,
        List<StreamEvent> events)
    {
        string id = call.ProviderId ?? MadeCallId.Of(responseId, Index, call.Index);
        var opening = new ToolCallPart(id, name, "")
        {
            Kind = delta.IsCustom ? ToolKind.Custom : ToolKind.Function,
            State = states?.Of(id) ?? (delta.ExtraContent.Is(data, '{')
                ? OpenAIChatCallStates.Inside(JsonElement.Parse(delta.ExtraContent.In(data)))
                : null),
        };
        (call.Started, call.Part) = (true, _parts.Begin(opening, events));
        if (call.TakeHeld() is { Length: > 0 } held)
        {
            _parts.TellArguments(call.Part, held, events);
        }
    }

    private void AddCitations(IReadOnlyList<Citation> citations, List<StreamEvent> events)
    {
        _hasCitations |= citations.Count > 0;
        foreach (Citation citation in citations)
        {
            _parts.Cite(citation, events);
        }
    }
}
