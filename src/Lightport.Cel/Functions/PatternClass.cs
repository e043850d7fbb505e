using System.Text;

namespace Lightport.Cel.Functions;

/// <summary>A class of characters in a pattern: <c>[a-z[:digit:]]</c>.</summary>
internal sealed class PatternClass(string pattern)
{
    private static readonly Dictionary<string, string> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = "0-9A-Za-z", ["alpha"] = "A-Za-z", ["ascii"] = @"\x00-\x7F", ["blank"] = @"\t ",
        ["cntrl"] = @"\x00-\x1F\x7F", ["digit"] = "0-9", ["graph"] = "!-~", ["lower"] = "a-z", ["print"] = " -~",
        ["punct"] = @"!-/:-@\[-`{-~", ["space"] = @"\t\n\v\f\r ", ["upper"] = "A-Z", ["word"] = "0-9A-Za-z_",
        ["xdigit"] = "0-9A-Fa-f",
    };

    /// <param name="at">Of the bracket; afterwards behind the closing one.</param>
    /// <exception cref="PatternException">It does not close, or has what RE2 or this library does not.</exception>
    public string Read(ref int at)
    {
        at++;
        bool isNegated = at < pattern.Length && pattern[at] == '^';
        at += isNegated ? 1 : 0;
        StringBuilder members = new();
        for (bool isFirst = true; at < pattern.Length && (isFirst || pattern[at] != ']'); isFirst = false)
        {
            members.Append(Member(ref at));
        }

        if (at >= pattern.Length)
        {
            throw new PatternException("a pattern's [ is not closed with ]");
        }

        at++;
        return isNegated ? PatternEscape.Negated(members.ToString()) : $"[{members}]";
    }

    private string Member(ref int at)
    {
        char character = pattern[at];
        if (character == '\\')
        {
            return new PatternEscape(pattern).Read(ref at, isInClass: true);
        }

        if (pattern.AsSpan(at).StartsWith("[:"))
        {
            int end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
            string name = end < 0 ? "" : pattern[(at + 2)..end];
            at = end + 2;
            return Posix.TryGetValue(name, out string? members) ? members
                : throw new PatternException($"a pattern has no class [:{name}:]");
        }

        if (char.IsSurrogate(character))
        {
            throw new PatternException("a pattern's [ ] has no characters beyond U+FFFF; write them as (?:😀|😎)");
        }

        at++;
        // A bracket or caret within a class would subtract from it or negate it in .NET.
        return character is '[' or '^' or ']' ? $@"\{character}" : character.ToString();
    }
}
