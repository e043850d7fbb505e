using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads the deltas of one choice of a streamed answer.</summary>
internal sealed class OpenAIChatChoiceDecoder(string responseId, int index)
{
    private readonly OpenAIChatCallTracker _calls = new();
    private readonly OpenAIChatReasoningDecoder _reasoning = new(index);
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
        _reasoning.Decode(choice, data, events);
        if (choice.Content.IsText(data))
        {
            events.Add(new StreamEvent.TextDelta(LenientText.Read(choice.Content.In(data))) { Choice = Index });
        }

        if (choice.ToolCalls.Is(data, '['))
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
        foreach (OpenAIChatTrackedCall call in _calls.Calls)
        {
            if (!call.Started)
            {
                Start(call, "", default, null, [], events);
            }

            events.Add(new StreamEvent.ToolCallEnd(call.Index) { Choice = Index });
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
            events.Add(new StreamEvent.RefusalDelta(LenientText.Read(choice.Refusal.In(data))) { Choice = Index });
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
            events.Add(OpenAIChatAudio.ReadDelta(JsonElement.Parse(choice.Audio.In(data))) with { Choice = Index });
        }

        AddExtra("images", choice.Images, data, events);
        AddExtra("executed_tools", choice.ExecutedTools, data, events);
        if (choice.Logprobs.Is(data, '{'))
        {
            events.Add(new StreamEvent.LogprobsDelta(JsonElement.Parse(choice.Logprobs.In(data))) { Choice = Index });
        }
    }

    private void AddExtra(
        string name, JsonSlice list, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        if (list.Is(data, '[') && list.In(data).Contains((byte)'{'))
        {
            var part = new OpaquePart(DialectIds.OpenAIChat, name, JsonElement.Parse(list.In(data)));
            events.Add(new StreamEvent.OpaqueAdded(part) { Choice = Index });
        }
    }

    /// <summary>Mistral's content is a list of parts while the model thinks.</summary>
    private void DecodeParts(JsonElement parts, List<StreamEvent> events)
    {
        foreach (JsonElement part in parts.EnumerateArray())
        {
            string type = part.TextOf("type") ?? "unknown";
            string text = type == "thinking" ? OpenAIChatReasoning.ThinkingText(part) : part.TextOf("text") ?? "";
            StreamEvent? read = type switch
            {
                "text" or "thinking" when text.Length == 0 => null,
                "text" => new StreamEvent.TextDelta(text) { Choice = Index },
                "thinking" => new StreamEvent.ReasoningDelta(text) { Choice = Index },
                _ => new StreamEvent.OpaqueAdded(new OpaquePart(DialectIds.OpenAIChat, type, part)) { Choice = Index },
            };
            if (read is not null)
            {
                events.Add(read);
            }
        }
    }

    private void DecodeCalls(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        OpenAIChatCallStates? states = OpenAIChatReasoningDecoder.StatesOfCalls(choice, data);
        var reader = new Utf8JsonReader(choice.ToolCalls.In(data));
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Decode(OpenAIChatCallDelta.Read(ref reader, choice.ToolCalls.Start), states, data, events);
            }
            else
            {
                reader.Skip();
            }
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
            events.Add(new StreamEvent.ToolCallDelta(call.Index, arguments) { Choice = Index });
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
        call.Started = true;
        string id = call.ProviderId ?? OpenAIChatCalls.NewId(responseId, Index, call.Index);
        events.Add(new StreamEvent.ToolCallStart(call.Index, id, name)
        {
            Choice = Index,
            Kind = delta.IsCustom ? ToolKind.Custom : ToolKind.Function,
            State = states?.Of(id) ?? (delta.ExtraContent.Is(data, '{')
                ? OpenAIChatCallStates.Inside(JsonElement.Parse(delta.ExtraContent.In(data)))
                : null),
        });
        if (call.TakeHeld() is { Length: > 0 } held)
        {
            events.Add(new StreamEvent.ToolCallDelta(call.Index, held) { Choice = Index });
        }
    }

    private void AddCitations(IReadOnlyList<Citation> citations, List<StreamEvent> events)
    {
        _hasCitations |= citations.Count > 0;
        foreach (Citation citation in citations)
        {
            events.Add(new StreamEvent.CitationAdded(citation) { Choice = Index });
        }
    }
}
