using System.Text;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>Reads the value after a property's name and leaves the reader at that value's end.</summary>
internal static class Utf8JsonReaderExtensions
{
    /// <summary>The object's own bytes; empty where the value is something else.</summary>
    /// <param name="json">What the reader reads.</param>
    public static ReadOnlySpan<byte> ReadObject(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json) =>
        reader.ReadBytes(json, JsonTokenType.StartObject);

    /// <summary>The array's own bytes; empty where the value is something else.</summary>
    /// <param name="json">What the reader reads.</param>
    public static ReadOnlySpan<byte> ReadArray(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json) =>
        reader.ReadBytes(json, JsonTokenType.StartArray);

    /// <summary>
    /// Whether the name or the text that the reader is at is this one. Half of a surrogate pair makes it another, where
    /// the reader's own <see cref="Utf8JsonReader.ValueTextEquals(ReadOnlySpan{byte})"/> throws.
    /// </summary>
    public static bool Is(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped
            ? LenientText.Decode(reader.ValueSpan, escaped: true) == Encoding.UTF8.GetString(text)
            : reader.ValueSpan.SequenceEqual(text);

    /// <inheritdoc cref="Is(ref Utf8JsonReader, ReadOnlySpan{byte})"/>
    public static bool Is(this scoped ref Utf8JsonReader reader, string text) =>
        reader.ValueIsEscaped
            ? LenientText.Decode(reader.ValueSpan, escaped: true) == text
            : reader.ValueTextEquals(text);

    /// <summary>The text; null where the value is something else.</summary>
    public static string? ReadText(this scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        string? text = reader.TokenType == JsonTokenType.String
            ? LenientText.Decode(reader.ValueSpan, reader.ValueIsEscaped)
            : null;
        reader.Skip();
        return text;
    }

    /// <summary>The value's own bytes, whatever it is.</summary>
    /// <param name="json">What the reader reads.</param>
    public static ReadOnlySpan<byte> ReadValue(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    private static ReadOnlySpan<byte> ReadBytes(
        this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, JsonTokenType wanted)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        bool isWanted = reader.TokenType == wanted;
        reader.Skip();
        return isWanted ? json[start..(int)reader.BytesConsumed] : default;
    }
}
