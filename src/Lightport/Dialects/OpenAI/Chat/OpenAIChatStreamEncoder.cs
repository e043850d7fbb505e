using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes chunks. What all chunks of a stream begin and end with is made once; only the delta is written for each.
/// </summary>
internal sealed class OpenAIChatStreamEncoder : IAnswerEncoder
{
    /// <summary>In bytes, with the room that the JSON writer asks for ahead.</summary>
    private const int UsualPrefix = 512;

    private readonly AnswerContext _context;
    private readonly Utf8JsonWriter _json = new(Stream.Null, JsonSettings.Writing);
    private readonly OpenAIChatChoices<OpenAIChatChoiceEncoder> _choices;
    private StreamEvent.ResponseStart? _start;
    private byte[]? _prefix;
    private TokenUsage? _usage;
    private bool _failed;

    public OpenAIChatStreamEncoder(AnswerContext context)
    {
        _context = context;
        _choices = new(index => new OpenAIChatChoiceEncoder(this, context, index));
    }

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            // What has begun goes on under its first name, whichever source comes next.
            case StreamEvent.ResponseStart start when _prefix is null:
                _start = start;
                break;
            case StreamEvent.ResponseStart:
                break;
            case StreamEvent.UsageKnown known:
                TakeUsage(known);
                break;
            case StreamEvent.RunTold told:
                WriteRun(told.Run, output);
                break;
            case StreamEvent.Failed failed:
                _failed = true;
                OpenAIChatErrors.WriteFrame(failed.Error, output);
                break;
            default:
                _choices.Of(streamEvent.Choice).Encode(streamEvent, output);
                break;
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (_failed)
        {
            return;
        }

        foreach (OpenAIChatChoiceEncoder choice in _choices.All)
        {
            choice.Complete(output);
        }

        WriteUsage(output);
        output.Write(OpenAIChatWire.Done);
    }

    /// <summary>Starts a chunk and its delta; write the delta's fields to what it returns.</summary>
    internal Utf8JsonWriter Begin(int choice, IBufferWriter<byte> output)
    {
        output.Write(_prefix ??= Prefix());
        output.Write("[{\"index\":"u8);
        Span<byte> digits = output.GetSpan(11);
        Utf8Formatter.TryFormat(choice, digits, out int written);
        output.Advance(written);
        output.Write(",\"delta\":"u8);
        _json.Reset(output);
        _json.WriteStartObject();
        return _json;
    }

    /// <summary>Ends the delta and the chunk.</summary>
    /// <param name="rest">What the choice has after its delta.</param>
    internal void End(ReadOnlySpan<byte> rest, IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write(rest);
        output.Write(_context.IncludeUsage ? "}],\"usage\":null}\n\n"u8 : "}]}\n\n"u8);
    }

    /// <summary>A chunk that says nothing to clients that know nothing of the field.</summary>
    private void WriteRun(RunReport run, IBufferWriter<byte> output)
    {
        output.Write(_prefix ??= Prefix());
        output.Write(_context.IncludeUsage ? "[],\"usage\":null,\"lightport\":"u8 : "[],\"lightport\":"u8);
        _json.Reset(output);
        RunField.WriteValue(_json, [run]);
        _json.Flush();
        output.Write("}\n\n"u8);
    }

    private void WriteUsage(IBufferWriter<byte> output)
    {
        if (!_context.IncludeUsage || _usage is null)
        {
            return;
        }

        output.Write(_prefix ??= Prefix());
        output.Write("[],\"usage\":"u8);
        _json.Reset(output);
        OpenAIChatUsage.WriteValue(_json, _usage);
        _json.Flush();
        output.Write("}\n\n"u8);
    }

    private void TakeUsage(StreamEvent.UsageKnown known)
    {
        _usage = known.Usage;
        if (known.ServiceTier is { } tier && tier != _start?.ServiceTier)
        {
            // What has been sent had no tier; what follows says it, as SDKs take it from any chunk.
            _start = (_start ?? new StreamEvent.ResponseStart("", "", 0)) with { ServiceTier = tier };
            _prefix = _prefix is null ? null : Prefix();
        }
    }

    private byte[] Prefix()
    {
        using var buffer = new PooledBuffer(UsualPrefix);
        buffer.Write("data: "u8);
        _json.Reset(buffer);
        _json.WriteStartObject();
        _json.WriteString("id"u8, _start is { Id.Length: > 0 } ? _start.Id : OpenAIChatWire.NewId(_context.RequestId));
        _json.WriteString("object"u8, OpenAIChatWire.Chunk);
        _json.WriteNumber("created"u8, _start is { Created: > 0 } ? _start.Created : _context.Created);
        _json.WriteString("model"u8, _start is { Model.Length: > 0 } ? _start.Model : _context.Model);
        if (_start?.ServiceTier is { } tier)
        {
            _json.WriteString("service_tier"u8, tier);
        }

        _json.WritePropertyName("choices"u8);
        _json.Flush();
        return buffer.Written.ToArray();
    }
}
