using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes the chunks of one candidate. Words go out as they come; calls, images and sounds when they are whole, since
/// Gemini knows no pieces of them.
/// </summary>
internal sealed class GoogleGeminiCandidateEncoder(GoogleGeminiStreamEncoder stream, AnswerContext context, int index)
{
    private readonly GoogleGeminiPartWriter _parts = new(context);
    private readonly GoogleGeminiGroundingWriter _grounding = new(context.Losses);
    private readonly Dictionary<int, PartBuilder> _gathered = [];
    private readonly Dictionary<int, OpaqueState> _states = [];
    private readonly HashSet<int> _thoughts = [];
    private bool _refused;

    public bool HasParts { get; private set; }

    public bool HasFinished { get; private set; }

    public Finish Finish { get; private set; } = new(FinishReason.Stop);

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            case StreamEvent.TextDelta text:
                WriteText(text.Text, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                _refused = true;
                WriteText(refusal.Text, output);
                break;
            case StreamEvent.ReasoningDelta thought when !context.OmitReasoning:
                Utf8JsonWriter writer = stream.Begin(output);
                _parts.WriteThought(writer, thought.Text, state: null);
                stream.End(writer, index, output);
                break;
            case StreamEvent.ReasoningDelta:
                break;
            case StreamEvent.CitationAdded cited:
                _grounding.Cite(cited.Citation);
                break;
            case StreamEvent.LogprobsDelta logprobs:
                WriteLogprobs(logprobs.Logprobs, output);
                break;
            case StreamEvent.PartStart start:
                Start(start, output);
                break;
            case StreamEvent.PartEnd end:
                End(end, output);
                break;
            case StreamEvent.PartEvent piece when _gathered.TryGetValue(piece.Index, out PartBuilder? part):
                part.Add(piece);
                break;
            case StreamEvent.ResponseEnd end:
                (Finish, HasFinished) = (end.Finish, true);
                break;
        }
    }

    /// <summary>Writes the candidate's last piece: what ended it, and its sources.</summary>
    public void WriteEnd(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("content"u8);
        writer.WriteStartArray("parts"u8);
        _parts.WriteText(writer, "", state: null);
        writer.WriteEndArray();
        writer.WriteString("role"u8, "model"u8);
        writer.WriteEndObject();
        GoogleGeminiFinishWriter.Write(writer, Finish, _refused, context.Losses);
        writer.WriteNumber("index"u8, index);
        _grounding.Write(writer);
        writer.WriteEndObject();
    }

    private void Start(StreamEvent.PartStart start, IBufferWriter<byte> output)
    {
        HasParts = true;
        switch (start.Part)
        {
            case TextPart or RefusalPart or ReasoningPart:
                Note(start);
                break;
            case ToolCallPart or ImagePart or AudioPart:
                _gathered[start.Index] = new PartBuilder(start.Part);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleGemini } own:
                Utf8JsonWriter writer = stream.Begin(output);
                _parts.WriteWhole(writer, own);
                stream.End(writer, index, output);
                break;
            default:
                context.Losses.Add(start);
                break;
        }
    }

    private void Note(StreamEvent.PartStart start)
    {
        if (start.Part.State is { } state)
        {
            _states[start.Index] = state;
        }

        if (start.Part is ReasoningPart)
        {
            _thoughts.Add(start.Index);
        }
    }

    private void End(StreamEvent.PartEnd end, IBufferWriter<byte> output)
    {
        if (_gathered.Remove(end.Index, out PartBuilder? gathered))
        {
            gathered.Add(end);
            WriteGathered(gathered.Build(), output);
            return;
        }

        bool isThought = _thoughts.Remove(end.Index);
        _states.Remove(end.Index, out OpaqueState? early);
        if (!isThought)
        {
            _grounding.EndPart();
        }

        if ((end.State ?? early) is { } state)
        {
            Sign(isThought, state, output);
        }
    }

    /// <summary>Tells the state of words that have gone out, in a piece without any.</summary>
    private void Sign(bool isThought, OpaqueState state, IBufferWriter<byte> output)
    {
        if (isThought && context.OmitReasoning && !_parts.HoldsState)
        {
            _parts.Hold(state);
            return;
        }

        Utf8JsonWriter writer = stream.Begin(output);
        if (isThought)
        {
            _parts.WriteThought(writer, "", state);
        }
        else
        {
            _parts.WriteText(writer, "", state);
        }

        stream.End(writer, index, output);
    }

    private void WriteText(string text, IBufferWriter<byte> output)
    {
        _grounding.Tell(text);
        Utf8JsonWriter writer = stream.Begin(output);
        _parts.WriteText(writer, text, state: null);
        stream.End(writer, index, output);
    }

    private void WriteGathered(ContentPart part, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = stream.Begin(output);
        switch (part)
        {
            case ToolCallPart call:
                _parts.WriteCall(writer, call);
                break;
            case ImagePart image:
                _parts.WriteMedia(writer, image.Source, "image/png", image.State);
                break;
            case AudioPart audio:
                _parts.WriteAudio(writer, audio, _grounding);
                break;
        }

        stream.End(writer, index, output);
    }

    private void WriteLogprobs(ChoiceLogprobs logprobs, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = stream.Begin(output);
        _parts.WriteText(writer, "", state: null);
        stream.End(writer, index, output, logprobs);
    }
}
