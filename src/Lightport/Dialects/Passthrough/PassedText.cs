namespace Lightport.Dialects.Passthrough;

/// <summary>
/// Measures the text in events that pass unread, for an estimate of its tokens: a search or two an event, no parsing.
/// Names are looked for with their quotes, which stand escaped in any text. An event tells one thing.
/// </summary>
internal static class PassedText
{
    /// <summary>Bytes of the text in a chunk of chat or completions, as they stand escaped.</summary>
    public static int BytesOfChunk(ReadOnlySpan<byte> data) =>
        BytesOf(data, "\"content\":"u8) is > 0 and var content ? content
        : BytesOf(data, "\"arguments\":"u8) is > 0 and var arguments ? arguments
        : BytesOf(data, "\"text\":"u8) is > 0 and var text ? text
        : BytesOf(data, "\"reasoning_content\":"u8) is > 0 and var reasoning ? reasoning
        : BytesOf(data, "\"refusal\":"u8);

    /// <summary>Bytes of the text in an event of a Messages block, as they stand escaped.</summary>
    public static int BytesOfBlock(ReadOnlySpan<byte> data) =>
        BytesOf(data, "\"text\":"u8) is > 0 and var text ? text
        : BytesOf(data, "\"partial_json\":"u8) is > 0 and var arguments ? arguments
        : BytesOf(data, "\"thinking\":"u8);

    private static int BytesOf(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name)
    {
        int at = data.IndexOf(name);
        if (at < 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> value = data[(at + name.Length)..].TrimStart((byte)' ');
        return value.IsEmpty || value[0] != '"' ? 0 : LengthOf(value[1..]);
    }

    /// <summary>Up to the quote that no backslash stands before; all of it where there is none.</summary>
    private static int LengthOf(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (text[length..].IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var step)
        {
            length += step;
            if (text[length] == '"')
            {
                return length;
            }

            length = Math.Min(length + 2, text.Length);
        }

        return text.Length;
    }
}
