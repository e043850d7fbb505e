using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Lightport.Transport.Framing;

/// <summary>Writes server-sent events whose data is one JSON value. One a stream; it keeps its JSON writer.</summary>
public sealed class SseFrameWriter
{
    /// <summary>A comment, which every SSE client skips: sent in silence so that no proxy ends the stream.</summary>
    public static ReadOnlySpan<byte> KeepAlive => ": keep-alive\n\n"u8;

    private static readonly JsonWriterOptions Options = new()
    {
        // Answers are JSON in a JSON body, never in a page: only what JSON itself demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private Utf8JsonWriter? _json;

    /// <summary>Starts a frame; write one JSON value to what it returns, then call <see cref="End"/>.</summary>
    /// <param name="name">The event's name; empty for none.</param>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> name, IBufferWriter<byte> output)
    {
        if (!name.IsEmpty)
        {
            output.Write("event: "u8);
            output.Write(name);
            output.Write("\n"u8);
        }

        output.Write("data: "u8);
        if (_json is null)
        {
            _json = new Utf8JsonWriter(output, Options);
        }
        else
        {
            _json.Reset(output);
        }

        return _json;
    }

    public void End(IBufferWriter<byte> output)
    {
        _json!.Flush();
        output.Write("\n\n"u8);
    }
}
