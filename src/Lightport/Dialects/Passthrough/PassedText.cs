namespace Lightport.Dialects.Passthrough;

/// <summary>
/// Measures a text in an event that passes unread, for an estimate of its tokens: a search, no parsing. Its field is
/// looked for with its quotes and colon, which stand escaped in any text.
/// </summary>
internal static class PassedText
{
    /// <summary>Bytes of the first such field's text, as they stand escaped; 0 where it is absent or no text.</summary>
    /// <param name="field">The field's name, quoted and with its colon (<c>"text":</c>).</param>
    public static int BytesOf(ReadOnlySpan<byte> data, ReadOnlySpan<byte> field)
    {
        int at = data.IndexOf(field);
        if (at < 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> value = data[(at + field.Length)..].TrimStart((byte)' ');
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
