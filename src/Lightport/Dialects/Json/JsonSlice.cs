using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>Where a field and its value stand in a chunk, in bytes.</summary>
internal readonly record struct JsonSlice(int NameStart, int Start, int End)
{
    public bool IsPresent => End > 0;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> data) => data[Start..End];

    /// <summary>Whether the value is there and begins as given: <c>"</c>, <c>{</c>, <c>[</c>.</summary>
    public bool Is(ReadOnlySpan<byte> data, char first) => IsPresent && data[Start] == first;

    public bool IsText(ReadOnlySpan<byte> data) => Is(data, '"') && End - Start > 2;

    /// <summary>The string's text, or null where the value is absent, no string, or empty.</summary>
    public string? Text(ReadOnlySpan<byte> data) => IsText(data) ? LenientText.Read(In(data)) : null;

    /// <summary>Takes the value that the reader stands before, having read its name.</summary>
    /// <param name="reader">Stands on the property's name; stands on the value's end afterwards.</param>
    /// <param name="offset">Where the reader's text begins in the chunk.</param>
    public static JsonSlice Take(ref Utf8JsonReader reader, int offset)
    {
        int nameStart = (int)reader.TokenStartIndex;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonSlice(offset + nameStart, offset + start, offset + (int)reader.BytesConsumed);
    }
}
