using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes steps in pieces, each with its start, its deltas, its stop and its own index. The step of what the model puts
/// out runs on while only such parts come.
/// </summary>
internal sealed class GoogleInteractionsSteps(GoogleInteractionsEvents events, AnswerContext context)
{
    private readonly Dictionary<int, PartBuilder> _media = [];
    private readonly Dictionary<int, OpaqueState?> _thoughts = [];
    private readonly Dictionary<int, int> _indexes = [];
    private readonly List<Citation> _cited = [];
    private readonly StringBuilder _text = new();
    private int _next;
    private int _output = -1;
    private int _before;
    private int _partStart;

    public void Tell(StreamEvent.PartEvent piece, IBufferWriter<byte> output)
    {
        switch (piece)
        {
            case StreamEvent.PartStart start:
                Start(start, output);
                break;
            case StreamEvent.TextDelta text:
                TellText(text.Text, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                TellText(refusal.Text, output);
                break;
            case StreamEvent.CitationAdded cited:
                _cited.Add(cited.Citation);
                break;
            case StreamEvent.ReasoningDelta thought when _thoughts.ContainsKey(thought.Index) && !context.OmitReasoning:
                TellThought(_indexes[thought.Index], thought.Text, output);
                break;
            case StreamEvent.ToolCallDelta delta when _indexes.TryGetValue(delta.Index, out int index):
                TellArguments(index, delta.Arguments, output);
                break;
            case StreamEvent.PartEnd end:
                End(end, output);
                break;
            case var media when _media.TryGetValue(media.Index, out PartBuilder? part):
                part.Add(media);
                break;
        }
    }

    /// <summary>The answer has ended: the step that still runs on ends here.</summary>
    public void Complete(IBufferWriter<byte> output) => CloseOutput(output);

    private void Start(StreamEvent.PartStart start, IBufferWriter<byte> output)
    {
        switch (start.Part)
        {
            case TextPart or RefusalPart:
                _partStart = _text.Length;
                break;
            case ImagePart or AudioPart:
                _media[start.Index] = new PartBuilder(start.Part);
                break;
            case ReasoningPart thought:
                _thoughts[start.Index] = thought.State;
                _indexes[start.Index] = OpenThought(output);
                break;
            case ToolCallPart call:
                StartCall(start.Index, call, output);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleInteractions } own:
                CloseOutput(output);
                Utf8JsonWriter writer = BeginStep(_next, output);
                writer.WriteOnOneLine(own.Json);
                events.End(writer, output);
                Stop(_next++, output);
                break;
            default:
                context.Losses.Add(start);
                break;
        }
    }

    private void StartCall(int part, ToolCallPart call, IBufferWriter<byte> output)
    {
        CloseOutput(output);
        if (call.State is { } state)
        {
            TellState(state, output);
        }

        Utf8JsonWriter writer = BeginStep(_next, output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("name"u8, call.Name);
        writer.WriteStartObject("arguments"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        events.End(writer, output);
        _indexes[part] = _next++;
    }

    private void End(StreamEvent.PartEnd end, IBufferWriter<byte> output)
    {
        if (_media.Remove(end.Index, out PartBuilder? media))
        {
            TellMedia(media.Build(), output);
        }
        else if (_thoughts.Remove(end.Index, out OpaqueState? early))
        {
            _indexes.Remove(end.Index, out int index);
            if ((end.State ?? early) is { } state)
            {
                TellSignature(index, state, output);
            }

            Stop(index, output);
        }
        else if (_indexes.Remove(end.Index, out int call))
        {
            Stop(call, output);
        }
        else
        {
            TellCitations(output);
            if (end.State is { } state)
            {
                CloseOutput(output);
                TellState(state, output);
            }
        }
    }

    private void TellText(string text, IBufferWriter<byte> output)
    {
        _text.Append(text);
        Utf8JsonWriter writer = BeginDelta(OpenOutput(output), "text"u8, output);
        writer.WriteString("text"u8, text);
        EndDelta(writer, output);
    }

    private void TellCitations(IBufferWriter<byte> output)
    {
        if (_cited.Count > 0)
        {
            Utf8JsonWriter writer = BeginDelta(OpenOutput(output), "text_annotation_delta"u8, output);
            GoogleInteractionsAnnotations.Write(
                writer, _cited, _text.ToString(), _before, _partStart, context.Losses);
            EndDelta(writer, output);
            _cited.Clear();
        }
    }

    private void TellThought(int index, string words, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = BeginDelta(index, "thought_summary"u8, output);
        writer.WriteStartObject("content"u8);
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, words);
        writer.WriteEndObject();
        EndDelta(writer, output);
    }

    private void TellSignature(int index, OpaqueState state, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = BeginDelta(index, "thought_signature"u8, output);
        writer.WriteString("signature"u8, GoogleGeminiSignature.Write(state));
        EndDelta(writer, output);
    }

    /// <summary>What a part's provider wants back: thinking without words.</summary>
    private void TellState(OpaqueState state, IBufferWriter<byte> output)
    {
        int index = OpenThought(output);
        TellSignature(index, state, output);
        Stop(index, output);
    }

    private void TellArguments(int index, string arguments, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = BeginDelta(index, "arguments_delta"u8, output);
        writer.WriteString("arguments"u8, arguments);
        EndDelta(writer, output);
    }

    private void TellMedia(ContentPart part, IBufferWriter<byte> output)
    {
        MediaSource source = part is ImagePart image ? image.Source : ((AudioPart)part).Source;
        if (source is { Base64.Length: > 0 } or { Url: not null })
        {
            bool isImage = part is ImagePart;
            Utf8JsonWriter writer = BeginDeltaEvent(OpenOutput(output), output);
            GoogleInteractionsStepWriter.WriteMedia(
                writer, isImage ? "image" : "audio", source, isImage ? "image/png" : "audio/wav");
            events.End(writer, output);
        }

        if (part is AudioPart { Transcript: { } words })
        {
            TellText(words, output);
        }
    }

    private int OpenThought(IBufferWriter<byte> output)
    {
        CloseOutput(output);
        Utf8JsonWriter writer = BeginStep(_next, output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "thought"u8);
        writer.WriteEndObject();
        events.End(writer, output);
        return _next++;
    }

    private int OpenOutput(IBufferWriter<byte> output)
    {
        if (_output < 0)
        {
            _output = _next++;
            Utf8JsonWriter writer = BeginStep(_output, output);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "model_output"u8);
            writer.WriteEndObject();
            events.End(writer, output);
        }

        return _output;
    }

    private void CloseOutput(IBufferWriter<byte> output)
    {
        if (_output >= 0)
        {
            Stop(_output, output);
            _output = -1;
            _before += _text.Length;
            _text.Clear();
            _partStart = 0;
        }
    }

    private void Stop(int index, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = events.Begin("step.stop"u8, output);
        writer.WriteNumber("index"u8, index);
        events.End(writer, output);
    }

    private Utf8JsonWriter BeginStep(int index, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = events.Begin("step.start"u8, output);
        writer.WriteNumber("index"u8, index);
        writer.WritePropertyName("step"u8);
        return writer;
    }

    private Utf8JsonWriter BeginDelta(int index, ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = BeginDeltaEvent(index, output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        return writer;
    }

    private Utf8JsonWriter BeginDeltaEvent(int index, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = events.Begin("step.delta"u8, output);
        writer.WriteNumber("index"u8, index);
        writer.WritePropertyName("delta"u8);
        return writer;
    }

    private void EndDelta(Utf8JsonWriter writer, IBufferWriter<byte> output)
    {
        writer.WriteEndObject();
        events.End(writer, output);
    }
}
