namespace Lightport.Cel.Values;

/// <summary>Texts by code points: the language counts <c>😀</c> as one, UTF-16 as two.</summary>
internal static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        int count = text.Length;
        for (int index = 1; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text[index - 1], text[index]))
            {
                count--;
            }
        }

        return count;
    }

    /// <summary>Where the code point of that number begins in UTF-16.</summary>
    /// <param name="number">From 0; one past the last is the text's end.</param>
    /// <returns>Null where the text is shorter.</returns>
    public static int? OffsetOf(string text, long number)
    {
        if (number < 0 || number > text.Length)
        {
            return null;
        }

        int offset = 0;
        for (long passed = 0; passed < number; passed++)
        {
            if (offset >= text.Length)
            {
                return null;
            }

            offset += LengthAt(text, offset);
        }

        return offset;
    }

    /// <summary>UTF-16 units of the code point that begins there.</summary>
    public static int LengthAt(string text, int offset) =>
        offset + 1 < text.Length && char.IsSurrogatePair(text[offset], text[offset + 1]) ? 2 : 1;
}
