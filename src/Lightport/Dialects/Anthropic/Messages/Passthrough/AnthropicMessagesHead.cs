using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The facts at the top of a message, whole or at its start, read without making anything of its content.
/// </summary>
internal ref struct AnthropicMessagesHead
{
    public string? Id;
    public string? Model;
    public string? StopReason;
    public string? StopSequence;
    public bool HasError;
    public ReadOnlySpan<byte> Usage;

    /// <summary>The list of blocks as it came; empty where there is none. So of what follows.</summary>
    public ReadOnlySpan<byte> Content;

    public ReadOnlySpan<byte> StopDetails;
    public ReadOnlySpan<byte> Transformations;

    /// <exception cref="JsonException">It is malformed.</exception>
    public static AnthropicMessagesHead Read(ReadOnlySpan<byte> message)
    {
        var head = new AnthropicMessagesHead();
        if (message.IsEmpty)
        {
            return head;
        }

        var reader = new Utf8JsonReader(message);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A message is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            head.Take(ref reader, message);
        }

        reader.Read();
        return head;
    }

    private void Take(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> message)
    {
        if (reader.Is("id"u8))
        {
            Id = reader.ReadText();
        }
        else if (reader.Is("model"u8))
        {
            Model = reader.ReadText();
        }
        else if (reader.Is("stop_reason"u8))
        {
            StopReason = reader.ReadText();
        }
        else if (reader.Is("usage"u8))
        {
            Usage = reader.ReadObject(message);
        }
        else if (reader.Is("content"u8))
        {
            Content = reader.ReadArray(message);
        }
        else if (reader.Is("stop_sequence"u8))
        {
            StopSequence = reader.ReadText();
        }
        else if (reader.Is("stop_details"u8))
        {
            StopDetails = reader.ReadObject(message);
        }
        else if (reader.Is("input_transformations"u8))
        {
            Transformations = reader.ReadArray(message);
        }
        else if (reader.Is("error"u8))
        {
            reader.Read();
            HasError = reader.TokenType != JsonTokenType.Null;
            reader.Skip();
        }
        else
        {
            reader.Skip();
        }
    }
}
