using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes the chunks of one choice.</summary>
internal sealed class OpenAIChatChoiceEncoder
{
    private readonly OpenAIChatStreamEncoder _stream;
    private readonly AnswerContext _context;
    private readonly OpenAIChatCallEncoder _calls;
    private readonly OpenAIChatCitedText _cited = new();
    private readonly OpenAIChatMediaEncoder _media;
    private StringBuilder? _thought;
    private StreamEvent.PartStart? _reasoning;
    private int _details;
    private bool _hasRole;
    private bool _finished;

    public OpenAIChatChoiceEncoder(OpenAIChatStreamEncoder stream, AnswerContext context, int index)
    {
        (_stream, _context, Index) = (stream, context, index);
        _calls = new OpenAIChatCallEncoder(this, context);
        _media = new OpenAIChatMediaEncoder(this);
    }

    private static ReadOnlySpan<byte> Unfinished => ",\"logprobs\":null,\"finish_reason\":null"u8;

    public int Index { get; }

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        if (streamEvent is not (StreamEvent.TextDelta or StreamEvent.CitationAdded or StreamEvent.LogprobsDelta))
        {
            EndText(output);
        }

        switch (streamEvent)
        {
            case StreamEvent.TextDelta text:
                _cited.Tell(text.Text);
                WriteText("content"u8, text.Text, output);
                break;
            case StreamEvent.ReasoningDelta reasoning:
                WriteThought(reasoning.Text, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                WriteText("refusal"u8, refusal.Text, output);
                break;
            case StreamEvent.ToolCallDelta delta:
                _calls.Add(delta, output);
                break;
            case StreamEvent.CitationAdded added:
                Cite(added);
                break;
            case StreamEvent.LogprobsDelta logprobs:
                WriteLogprobs(logprobs.Logprobs, output);
                break;
            case StreamEvent.MediaDelta delta:
                _media.Add(delta, output);
                break;
            case StreamEvent.PartStart start:
                Start(start, output);
                break;
            case StreamEvent.PartEnd end:
                End(end, output);
                break;
            case StreamEvent.ResponseEnd end:
                Finish(end.Finish, output);
                break;
            default:
                _context.Losses.Add(streamEvent);
                break;
        }
    }

    /// <summary>The stream ended well: a choice that nobody ended is ended.</summary>
    public void Complete(IBufferWriter<byte> output)
    {
        EndText(output);
        Finish(new Finish(FinishReason.Stop), output);
    }

    /// <summary>Starts a chunk; write its delta's fields to what it returns.</summary>
    public Utf8JsonWriter Begin(bool hasContent, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = _stream.Begin(Index, output);
        if (!_hasRole)
        {
            _hasRole = true;
            writer.WriteString("role"u8, "assistant"u8);
            if (!hasContent)
            {
                writer.WriteNull("content"u8);
            }
        }

        return writer;
    }

    /// <summary>Ends a chunk that is not the choice's last.</summary>
    public void End(IBufferWriter<byte> output) => _stream.End(Unfinished, output);

    /// <summary>Writes what the provider wants back beside a call, which is named by its id.</summary>
    public void WriteStateOfCall(Utf8JsonWriter writer, OpaqueState state, string callId)
    {
        writer.WriteStartArray("reasoning_details"u8);
        OpenAIChatReasoningWriter.WriteEncrypted(writer, state, _details++, callId);
        writer.WriteEndArray();
    }

    private void Start(StreamEvent.PartStart start, IBufferWriter<byte> output)
    {
        switch (start.Part)
        {
            case ReasoningPart:
                _reasoning = start;
                _thought?.Clear();
                break;
            case ToolCallPart call:
                _calls.Start(start.Index, call, output);
                break;
            case ImagePart or AudioPart:
                _media.Start(start);
                break;
            case OpaquePart part when OpenAIChatExtras.CanWrite(part):
                OpenAIChatExtras.Write(Begin(hasContent: false, output), [part]);
                End(output);
                break;
            default:
                _context.Losses.Add(start);
                break;
        }
    }

    private void End(StreamEvent.PartEnd end, IBufferWriter<byte> output)
    {
        if (_reasoning?.Index != end.Index)
        {
            _calls.End(end.Index, output);
            _media.End(end.Index, output);
        }
        else if ((end.State ?? _reasoning.Part.State) is { } state)
        {
            WriteState(state, output);
        }
    }

    private void Cite(StreamEvent.CitationAdded added)
    {
        if (!OpenAIChatCitations.CanWrite(added.Citation))
        {
            _context.Losses.Add(added);
        }

        if (OpenAIChatCitations.CanWriteSome(added.Citation))
        {
            _cited.Wait(added.Citation);
        }
    }

    private void EndText(IBufferWriter<byte> output)
    {
        if (_cited.HasWaiting)
        {
            _cited.WriteWaiting(Begin(hasContent: false, output));
            End(output);
        }

        _cited.EndPart();
    }

    private void WriteText(ReadOnlySpan<byte> name, string text, IBufferWriter<byte> output)
    {
        Begin(name.SequenceEqual("content"u8), output).WriteString(name, text);
        End(output);
    }

    private void WriteThought(string text, IBufferWriter<byte> output)
    {
        if (!_context.OmitReasoning)
        {
            (_thought ??= new StringBuilder()).Append(text);
            Begin(hasContent: false, output).WriteString("reasoning_content"u8, text);
            End(output);
        }
    }

    /// <summary>
    /// The state comes with the whole thought it belongs to, as a client must send both back together.
    /// </summary>
    private void WriteState(OpaqueState state, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = Begin(hasContent: false, output);
        writer.WriteStartArray("reasoning_details"u8);
        OpenAIChatReasoningWriter.WriteDetail(writer, _thought?.ToString() ?? "", state, ref _details);
        writer.WriteEndArray();
        End(output);
    }

    private void WriteLogprobs(ChoiceLogprobs logprobs, IBufferWriter<byte> output)
    {
        Begin(hasContent: false, output);
        using var rest = new PooledBuffer(1024);
        rest.Write(",\"logprobs\":"u8);
        using var writer = new Utf8JsonWriter(rest, JsonSettings.Writing);
        OpenAIChatLogprobs.Write(writer, logprobs);
        writer.Flush();
        rest.Write(",\"finish_reason\":null"u8);
        _stream.End(rest.Written.Span, output);
    }

    private void Finish(Finish finish, IBufferWriter<byte> output)
    {
        if (_finished)
        {
            return;
        }

        _calls.Finish(output);
        _finished = true;
        Begin(hasContent: false, output);
        using var rest = new PooledBuffer(256);
        using var writer = new Utf8JsonWriter(rest, JsonSettings.Writing);
        writer.WriteStartObject();
        OpenAIChatFinish.Write(writer, finish, _context.FunctionCall);
        writer.Flush();
        _stream.End([.. ",\"logprobs\":null,"u8, .. rest.Written.Span[1..]], output);
    }
}
