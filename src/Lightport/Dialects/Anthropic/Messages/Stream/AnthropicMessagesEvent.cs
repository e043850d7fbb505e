using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// One streamed event by its top-level fields, each a slice of the frame: nothing is allocated
/// (https://platform.claude.com/docs/en/build-with-claude/streaming).
/// </summary>
internal ref struct AnthropicMessagesEvent
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Message;
    public ReadOnlySpan<byte> ContentBlock;
    public ReadOnlySpan<byte> Delta;
    public ReadOnlySpan<byte> Usage;
    public ReadOnlySpan<byte> Error;

    /// <exception cref="JsonException">The frame is not one JSON object.</exception>
    public static AnthropicMessagesEvent Read(ReadOnlySpan<byte> data)
    {
        var read = new AnthropicMessagesEvent();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An event is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is("type"u8))
            {
                reader.Read();
                read.Type = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : default;
                reader.Skip();
            }
            else if (reader.Is("delta"u8))
            {
                read.Delta = reader.ReadObject(data);
            }
            else if (reader.Is("content_block"u8))
            {
                read.ContentBlock = reader.ReadObject(data);
            }
            else if (reader.Is("message"u8))
            {
                read.Message = reader.ReadObject(data);
            }
            else if (reader.Is("usage"u8))
            {
                read.Usage = reader.ReadObject(data);
            }
            else if (reader.Is("error"u8))
            {
                read.Error = reader.ReadObject(data);
            }
            else
            {
                reader.Skip();
            }
        }

        // Reads to the end, so that anything after the object is malformed too.
        reader.Read();
        return read;
    }
}
