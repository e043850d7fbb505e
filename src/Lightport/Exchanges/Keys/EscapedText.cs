using System.Numerics;

namespace Lightport.Exchanges;

/// <summary>
/// Finds a word in text that may be JSON, or JSON as a string within JSON: there any letter may stand as an escape
/// (<c>\u0043</c>, <c>\/</c>, <c>\\u0043</c>).
/// </summary>
internal static class EscapedText
{
    /// <summary>As many as JSON three deep needs before a letter; more of them are no way to write one.</summary>
    public const int MostBackslashes = 8;

    /// <param name="word">Visible ASCII; a backslash in it may stand or not.</param>
    /// <param name="length">How long the word is as it stands there.</param>
    /// <returns>Where it begins; negative where it is not in the text.</returns>
    public static int IndexOf<T>(ReadOnlySpan<T> text, ReadOnlySpan<char> word, out int length)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int start = 0; start < text.Length; start++)
        {
            length = Match(text[start..], word);
            if (length > 0)
            {
                return start;
            }
        }

        length = 0;
        return -1;
    }

    private static int Match<T>(ReadOnlySpan<T> text, ReadOnlySpan<char> word)
        where T : unmanaged, IBinaryInteger<T>
    {
        int end = 0;
        foreach (char letter in word)
        {
            int taken = letter == '\\' ? 0 : Letter(text[end..], letter);
            if (taken < 0)
            {
                return 0;
            }

            end += taken;
        }

        return end;
    }

    /// <summary>How long this letter is as it stands there; negative where it does not.</summary>
    private static int Letter<T>(ReadOnlySpan<T> text, char letter)
        where T : unmanaged, IBinaryInteger<T>
    {
        int at = 0;
        while (at < Math.Min(text.Length, MostBackslashes) && text[at] == T.CreateTruncating('\\'))
        {
            at++;
        }

        if (at < text.Length && text[at] == T.CreateTruncating(letter))
        {
            return at + 1;
        }

        return at > 0 && IsCode(text[at..], letter) ? at + 5 : -1;
    }

    /// <summary>Whether the text goes on with the letter's <c>u00XX</c>.</summary>
    private static bool IsCode<T>(ReadOnlySpan<T> text, char letter)
        where T : unmanaged, IBinaryInteger<T> =>
        text.Length >= 5
        && text[0] == T.CreateTruncating('u')
        && text[1] == T.CreateTruncating('0')
        && text[2] == T.CreateTruncating('0')
        && (Digit(text[3]) << 4 | Digit(text[4])) == letter;

    /// <summary>A hexadecimal digit's value; negative for anything else.</summary>
    private static int Digit<T>(T letter)
        where T : unmanaged, IBinaryInteger<T>
    {
        int code = int.CreateTruncating(letter);
        return code switch
        {
            >= '0' and <= '9' => code - '0',
            >= 'a' and <= 'f' => code - 'a' + 10,
            >= 'A' and <= 'F' => code - 'A' + 10,
            _ => -1,
        };
    }
}
