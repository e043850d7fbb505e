namespace Lightport.Dialects;

/// <summary>
/// Tells requests that can hold nothing but text, without reading them: every dialect's word for anything else has a
/// quotation mark before it, in a type or as a field's name. Where escapes could hide such a word, it may be there.
/// </summary>
internal static class MediaMarks
{
    /// <summary>An escaped character, which may be a letter of any of the words.</summary>
    private static ReadOnlySpan<byte> Escape => "\\u"u8;

    private static readonly byte[][] Marks =
    [
        [.. "\"image"u8], [.. "\"input_"u8], [.. "\"audio"u8], [.. "\"video"u8], [.. "\"file"u8], [.. "\"document"u8],
        [.. "\"inlineData"u8], [.. "\"inline_data"u8], [.. "\"computer_screenshot"u8], [.. "\"container_upload"u8],
    ];

    /// <summary>False only where a body surely has no picture, sound, film or file.</summary>
    public static bool MayStandIn(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf(Escape) >= 0)
        {
            return true;
        }

        foreach (byte[] mark in Marks)
        {
            if (body.IndexOf(mark) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
