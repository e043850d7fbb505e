using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads the value after a property's name and leaves the reader at that value's end.</summary>
internal static class AnthropicMessagesReader
{
    /// <summary>The object's own bytes; empty where the value is something else.</summary>
    /// <param name="json">What the reader reads.</param>
    public static ReadOnlySpan<byte> Object(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        bool isObject = reader.TokenType == JsonTokenType.StartObject;
        reader.Skip();
        return isObject ? json[start..(int)reader.BytesConsumed] : default;
    }

    /// <summary>The text; null where the value is something else.</summary>
    public static string? String(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String ? LenientText.Read(ref reader) : null;
        reader.Skip();
        return text;
    }
}
