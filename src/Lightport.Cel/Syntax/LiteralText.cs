using System.Globalization;
using System.Text;

namespace Lightport.Cel.Syntax;

/// <summary>Texts and bytes in quotes, with their prefixes (<c>r</c>, <c>b</c>) and escapes.</summary>
internal static class LiteralText
{
    public static bool IsBegun(string text, int at)
    {
        int prefix = LengthOfPrefix(text, at);
        return at + prefix < text.Length && text[at + prefix] is '"' or '\'';
    }

    /// <param name="at">Where it begins; afterwards where it has ended.</param>
    /// <exception cref="CelParseException">It does not end, or has an escape that there is not.</exception>
    public static CelValue Read(SourceText source, ref int at)
    {
        string text = source.Text;
        int begin = at;
        int prefix = LengthOfPrefix(text, at);
        bool isBytes = prefix > 0 && text[at] is 'b' or 'B';
        bool isRaw = prefix > 0 && text[at + prefix - 1] is 'r' or 'R';
        at += prefix;
        string thrice = new(text[at], 3);
        string quote = text.AsSpan(at).StartsWith(thrice) ? thrice : thrice[..1];
        at += quote.Length;
        LiteralBuilder builder = new(isBytes);
        while (!text.AsSpan(at).StartsWith(quote))
        {
            if (at >= text.Length || (quote.Length == 1 && text[at] is '\n' or '\r'))
            {
                throw source.Failure(begin, $"the text that begins here is not closed with {quote}");
            }

            if (text[at] == '\\' && !isRaw)
            {
                ReadEscape(source, builder, ref at);
            }
            else
            {
                int length = Values.CodePoints.LengthAt(text, at);
                builder.Add(text.AsSpan(at, length));
                at += length;
            }
        }

        at += quote.Length;
        return builder.Value;
    }

    private static int LengthOfPrefix(string text, int at)
    {
        int bytes = at < text.Length && text[at] is 'b' or 'B' ? 1 : 0;
        return at + bytes < text.Length && text[at + bytes] is 'r' or 'R' ? bytes + 1 : bytes;
    }

    private static void ReadEscape(SourceText source, LiteralBuilder builder, ref int at)
    {
        int begin = at++;
        char kind = at < source.Text.Length ? source.Text[at++] : '\0';
        bool isAdded = kind switch
        {
            'a' => builder.AddByte('\a'),
            'b' => builder.AddByte('\b'),
            'f' => builder.AddByte('\f'),
            'n' => builder.AddByte('\n'),
            'r' => builder.AddByte('\r'),
            't' => builder.AddByte('\t'),
            'v' => builder.AddByte('\v'),
            '\\' or '?' or '"' or '\'' or '`' => builder.AddByte(kind),
            'x' or 'X' => Digits(source.Text, ref at, 2, 16) is { } code && builder.AddByte(code),
            'u' => Digits(source.Text, ref at, 4, 16) is { } code && builder.AddCodePoint(code),
            'U' => Digits(source.Text, ref at, 8, 16) is { } code && builder.AddCodePoint(code),
            >= '0' and <= '3' => Digits(source.Text, ref at, 2, 8) is { } rest
                && builder.AddByte(((kind - '0') * 64) + rest),
            _ => false,
        };
        if (!isAdded)
        {
            throw source.Failure(begin, "there is no such escape; a backslash itself is written \\\\");
        }
    }

    /// <summary>So many digits' worth; null where they are not there.</summary>
    private static int? Digits(string text, ref int at, int count, int radix)
    {
        if (at + count > text.Length)
        {
            return null;
        }

        ReadOnlySpan<char> digits = text.AsSpan(at, count);
        at += count;
        int value = 0;
        foreach (char digit in digits)
        {
            int worth = char.IsAsciiHexDigit(digit)
                ? int.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : radix;
            if (worth >= radix || value > 0xFF_FFFF)
            {
                return null;
            }

            value = (value * radix) + worth;
        }

        return value;
    }
}
