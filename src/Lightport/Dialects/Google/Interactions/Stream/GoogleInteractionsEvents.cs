using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Frames the events of one stream, which have their type in the name and in the data.</summary>
internal sealed class GoogleInteractionsEvents
{
    private readonly SseFrameWriter _frames = new();

    /// <summary>Starts an event; write its fields to what it returns, then call <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = _frames.Begin(type, output);
        writer.WriteStartObject();
        writer.WriteString("event_type"u8, type);
        return writer;
    }

    public void End(Utf8JsonWriter writer, IBufferWriter<byte> output)
    {
        writer.WriteEndObject();
        _frames.End(output);
    }

    public void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        WriteError(_frames.Begin("error"u8, output), error);
        _frames.End(output);
    }

    /// <summary>Tells that an interaction is still worked on (<c>interaction.status_update</c>).</summary>
    public void TellInProgress(string id, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = Begin("interaction.status_update"u8, output);
        writer.WriteString("interaction_id"u8, id);
        writer.WriteString("status"u8, GoogleInteractionsStatus.InProgress);
        End(writer, output);
    }

    /// <summary>Writes the data of an error's event.</summary>
    public static void WriteError(Utf8JsonWriter writer, GatewayError error)
    {
        writer.WriteStartObject();
        writer.WriteString("event_type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, GoogleInteractionsErrorCodes.Of(error));
        writer.WriteString("message"u8, error.Message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
