using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Frames the chunks of a stream: server-sent events, or the elements of one array. One a stream; it keeps its JSON
/// writer.
/// </summary>
internal sealed class GoogleGeminiChunkWriter(bool events)
{
    private Utf8JsonWriter? _json;
    private bool _began;

    /// <summary>Starts a chunk; write one JSON value to what it returns, then call <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        output.Write(events ? "data: "u8 : _began ? ",\r\n"u8 : "["u8);
        _began = true;
        return Json(output);
    }

    public void End(IBufferWriter<byte> output)
    {
        _json!.Flush();
        if (events)
        {
            output.Write("\r\n\r\n"u8);
        }
    }

    /// <summary>The stream has come to its own end.</summary>
    public void Complete(IBufferWriter<byte> output)
    {
        if (!events)
        {
            output.Write(_began ? "]"u8 : "[]"u8);
        }
    }

    /// <summary>
    /// Ends the stream in an error: the last element of an array, and among events a bare object. Google sends it so,
    /// and its SDKs look for it there: an event with an error in it they would take for an empty chunk.
    /// </summary>
    public void Fail(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        if (!events)
        {
            GoogleErrors.Write(Begin(output), error, requestId);
            End(output);
            Complete(output);
            return;
        }

        GoogleErrors.Write(Json(output), error, requestId);
        _json!.Flush();
        output.Write("\n"u8);
    }

    private Utf8JsonWriter Json(IBufferWriter<byte> output)
    {
        if (_json is null)
        {
            _json = new Utf8JsonWriter(output, JsonSettings.Writing);
        }
        else
        {
            _json.Reset(output);
        }

        return _json;
    }
}
