using System.Buffers;
using System.Text.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Writes the events of one answer, numbered from 0
/// (https://platform.openai.com/docs/api-reference/responses-streaming).
/// </summary>
internal sealed class OpenAIResponsesEvents
{
    private readonly SseFrameWriter _frames = new();
    private IBufferWriter<byte> _output = null!;
    private Utf8JsonWriter _event = null!;
    private int _sequence;

    /// <summary>Where the next events go.</summary>
    public OpenAIResponsesEvents To(IBufferWriter<byte> output)
    {
        _output = output;
        return this;
    }

    /// <summary>Starts an event; write its fields to what it returns, then call <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> type)
    {
        _event = _frames.Begin(type, _output);
        _event.WriteStartObject();
        _event.WriteString("type"u8, type);
        _event.WriteNumber("sequence_number"u8, _sequence++);
        return _event;
    }

    /// <summary>Starts an event that is about an item.</summary>
    public Utf8JsonWriter Begin(ReadOnlySpan<byte> type, OpenAIResponsesItem item)
    {
        Utf8JsonWriter writer = Begin(type);
        writer.WriteString("item_id"u8, item.Id);
        writer.WriteNumber("output_index"u8, item.Index);
        return writer;
    }

    public void End()
    {
        _event.WriteEndObject();
        _frames.End(_output);
    }

    /// <summary>Tells an item as it stands.</summary>
    public void TellItem(ReadOnlySpan<byte> type, OpenAIResponsesItem item)
    {
        Utf8JsonWriter writer = Begin(type);
        writer.WriteNumber("output_index"u8, item.Index);
        writer.WritePropertyName("item"u8);
        item.Write(writer);
        End();
    }

    /// <summary>Tells a content part of a message as it stands.</summary>
    public void TellContent(ReadOnlySpan<byte> type, OpenAIResponsesContent content)
    {
        Utf8JsonWriter writer = Begin(type, content.Item);
        writer.WriteNumber("content_index"u8, content.Index);
        writer.WritePropertyName("part"u8);
        content.Write(writer);
        End();
    }
}
