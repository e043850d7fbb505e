using System.Globalization;

namespace Lightport.Cel.Functions;

/// <summary>What follows a backslash in a pattern.</summary>
internal sealed class PatternEscape(string pattern)
{
    /// <param name="at">Of the backslash; afterwards behind the escape.</param>
    /// <exception cref="PatternException">RE2 has no such escape.</exception>
    public string Read(ref int at, bool isInClass)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new PatternException("a pattern ends with no backslash");
        }

        char kind = pattern[at + 1];
        string? made = (kind, isInClass) switch
        {
            ('d', true) => "0-9",
            ('w', true) => "0-9A-Za-z_",
            ('s', true) => @"\t\n\f\r ",
            ('d', false) => "[0-9]",
            ('w', false) => "[0-9A-Za-z_]",
            ('s', false) => @"[\t\n\f\r ]",
            ('D', false) => Negated("0-9"),
            ('W', false) => Negated("0-9A-Za-z_"),
            ('S', false) => Negated(@"\t\n\f\r "),
            ('A' or 'z' or 'b' or 'B', false) => $@"\{kind}",
            ('a' or 'f' or 't' or 'n' or 'r' or 'v', _) => $@"\{kind}",
            _ => null,
        };
        if (made is not null)
        {
            at += 2;
            return made;
        }

        return kind switch
        {
            'x' => CodePoint(ref at),
            'p' or 'P' => Category(ref at, kind),
            'Q' when !isInClass => Verbatim(ref at),
            _ when char.IsAscii(kind) && !char.IsAsciiLetterOrDigit(kind) => Itself(ref at),
            _ => throw new PatternException($"a pattern has no \\{kind}"),
        };
    }

    /// <summary>Any code point but those.</summary>
    public static string Negated(string members) => $@"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^{members}])";

    private string Itself(ref int at)
    {
        string escape = pattern.Substring(at, 2);
        at += 2;
        return escape;
    }

    private string CodePoint(ref int at)
    {
        bool isBraced = at + 2 < pattern.Length && pattern[at + 2] == '{';
        int begin = at + (isBraced ? 3 : 2);
        int end = isBraced ? pattern.IndexOf('}', begin) : begin + 2;
        ReadOnlySpan<char> digits = end < 0 || end > pattern.Length ? "" : pattern.AsSpan(begin, end - begin);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            || code is < 0 or > 0xFFFF)
        {
            throw new PatternException("a pattern's \\x is followed by two digits, or by up to FFFF in braces");
        }

        at = end + (isBraced ? 1 : 0);
        return $@"\u{code:X4}";
    }

    /// <summary>A category of Unicode's, by the names that both know: <c>\pL</c>, <c>\p{Lu}</c>.</summary>
    private string Category(ref int at, char kind)
    {
        bool isBraced = at + 2 < pattern.Length && pattern[at + 2] == '{';
        int end = isBraced ? pattern.IndexOf('}', at) : at + 2;
        string name = end < 0 || end >= pattern.Length ? ""
            : isBraced ? pattern[(at + 3)..end]
            : pattern[end].ToString();
        if (name.Length is 0 or > 2 || !name.All(char.IsAsciiLetter))
        {
            throw new PatternException("a pattern's \\p takes a category such as L or Lu");
        }

        at = end + 1;
        return $@"\{kind}{{{name}}}";
    }

    private string Verbatim(ref int at)
    {
        int begin = at + 2;
        int end = pattern.IndexOf("\\E", begin, StringComparison.Ordinal);
        at = end < 0 ? pattern.Length : end + 2;
        return System.Text.RegularExpressions.Regex.Escape(pattern[begin..(end < 0 ? pattern.Length : end)]);
    }
}
