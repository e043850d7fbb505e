using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Aws.Claude;

/// <summary>
/// Takes Messages' events out of the messages that InvokeModelWithResponseStream sends: each a piece of base64, or an
/// exception of AWS. What it gives are the server-sent events that Anthropic would have sent.
/// </summary>
internal sealed class AwsClaudeFrameReader() : AwsEventStreamFrameReader(DefaultMaxFrameBytes)
{
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly ArrayBufferWriter<byte> _event = new();

    public override bool TryRead(out Frame frame)
    {
        frame = default;
        if (!base.TryRead(out Frame message))
        {
            return false;
        }

        _data.ResetWrittenCount();
        _event.ResetWrittenCount();
        if (AwsStreamMessage.IsEvent(message))
        {
            Unwrap(message.Data);
        }
        else
        {
            AwsClaudeErrors.Write(AwsStreamMessage.ErrorOf(message), _data);
        }

        frame = Told();
        return true;
    }

    /// <exception cref="MalformedFrameException">There is no base64 where it belongs.</exception>
    private void Unwrap(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.Is("bytes"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    Decode(reader);
                    return;
                }

                reader.Skip();
            }
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            // The same as no base64 at all.
        }

        throw new MalformedFrameException("a chunk holds no base64");
    }

    private void Decode(Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            _data.Write(reader.GetBytesFromBase64());
            return;
        }

        Span<byte> room = _data.GetSpan(Base64.GetMaxDecodedFromUtf8Length(reader.ValueSpan.Length));
        if (Base64.DecodeFromUtf8(reader.ValueSpan, room, out _, out int written) != OperationStatus.Done)
        {
            throw new JsonException("A chunk's bytes are no base64.");
        }

        _data.Advance(written);
    }

    /// <summary>The event as Anthropic frames it. A line end in it would cut it in two.</summary>
    private Frame Told()
    {
        ReadOnlySpan<byte> data = _data.WrittenSpan;
        ReadOnlySpan<byte> name = NameOf(data);
        if (data.IndexOfAny((byte)'\n', (byte)'\r') >= 0)
        {
            data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(data).Replace('\n', ' ').Replace('\r', ' '));
        }

        _event.Write("event: "u8);
        _event.Write(name);
        _event.Write("\ndata: "u8);
        _event.Write(data);
        _event.Write("\n\n"u8);
        ReadOnlySpan<byte> raw = _event.WrittenSpan;
        return new Frame(name, raw.Slice(raw.Length - data.Length - 2, data.Length), raw);
    }

    /// <summary>The event's type, where it says it first, as Anthropic does; empty elsewhere.</summary>
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> start = "{\"type\":\""u8;
        if (!data.StartsWith(start))
        {
            return default;
        }

        ReadOnlySpan<byte> rest = data[start.Length..];
        int end = rest.IndexOf((byte)'"');
        return end < 0 || rest[..end].ContainsAnyExceptInRange((byte)'!', (byte)'~') ? default : rest[..end];
    }
}
