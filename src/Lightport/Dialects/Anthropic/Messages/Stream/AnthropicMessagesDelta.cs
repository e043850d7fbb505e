using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>The fields of an event's <c>delta</c>; its one string is made only for the kind that wants it.</summary>
internal ref struct AnthropicMessagesDelta
{
    public ReadOnlySpan<byte> Type;
    public ReadOnlySpan<byte> Citation;
    public ReadOnlySpan<byte> StopDetails;
    public string? StopReason;
    public string? StopSequence;

    /// <summary>What a compaction's provider wants back beside its text; null where that is not told.</summary>
    public string? EncryptedContent;
    private ReadOnlySpan<byte> _text;
    private bool _escaped;

    /// <summary>What is added: text, thinking, a signature, or a piece of JSON.</summary>
    public readonly string Text => _text.IsEmpty ? "" : LenientText.Decode(_text, _escaped);

    /// <exception cref="JsonException">It is malformed.</exception>
    public static AnthropicMessagesDelta Read(ReadOnlySpan<byte> json)
    {
        var delta = new AnthropicMessagesDelta();
        if (json.IsEmpty)
        {
            return delta;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            delta.Take(ref reader, json);
        }

        return delta;
    }

    private void Take(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.Is("type"u8))
        {
            reader.Read();
            Type = reader.TokenType == JsonTokenType.String ? reader.ValueSpan : default;
        }
        else if (reader.Is("text"u8) || reader.Is("partial_json"u8)
            || reader.Is("thinking"u8) || reader.Is("signature"u8)
            || reader.Is("content"u8))
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                _text = reader.ValueSpan;
                _escaped = reader.ValueIsEscaped;
            }
        }
        else if (reader.Is("stop_reason"u8))
        {
            StopReason = reader.ReadText();
        }
        else if (reader.Is("stop_sequence"u8))
        {
            StopSequence = reader.ReadText();
        }
        else if (reader.Is("encrypted_content"u8))
        {
            EncryptedContent = reader.ReadText();
        }
        else if (reader.Is("citation"u8))
        {
            Citation = reader.ReadObject(json);
        }
        else if (reader.Is("stop_details"u8))
        {
            StopDetails = reader.ReadObject(json);
        }
        else
        {
            reader.Read();
        }

        // A value of the wrong kind is passed over; on a value already read this does nothing.
        reader.Skip();
    }
}
