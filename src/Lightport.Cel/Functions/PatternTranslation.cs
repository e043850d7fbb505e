using System.Buffers;
using System.Globalization;
using System.Text;

namespace Lightport.Cel.Functions;

/// <summary>
/// RE2's syntax (https://github.com/google/re2/wiki/Syntax) as .NET's. What RE2 has not (looking around, references
/// back) is refused, and what means another thing there is rewritten: <c>\d</c> is ASCII, <c>$</c> is the very end, a
/// character is a code point.
/// </summary>
internal sealed class PatternTranslation(string pattern)
{
    private const string Pair = @"[\uD800-\uDBFF][\uDC00-\uDFFF]";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly SearchValues<char> FlagCharacters = SearchValues.Create("(?imsU-");

    private readonly StringBuilder _made = new();
    private readonly PatternGroups _groups = new();
    private int _at;

    /// <summary>How many parts it has once what repeats is written out.</summary>
    public long Parts => _groups.Parts;

    /// <exception cref="PatternException">RE2 has no such pattern.</exception>
    public string Translate()
    {
        while (_at < pattern.Length)
        {
            Next();
        }

        return _made.ToString();
    }

    private void Next()
    {
        char character = pattern[_at];
        if (character is not (')' or '{'))
        {
            _groups.BeginPart();
        }

        switch (character)
        {
            case '\\':
                _made.Append(new PatternEscape(pattern).Read(ref _at, isInClass: false));
                break;
            case '[':
                _made.Append(new PatternClass(pattern).Read(ref _at));
                break;
            case '(':
                Group();
                break;
            case ')':
                _groups.Leave();
                Copy(1);
                break;
            case '.':
                // One code point. (?s) has been told to the group, and reaches the second half alike.
                _made.Append($"(?:{Pair}|.)");
                _at++;
                break;
            case '$':
                _made.Append(_groups.IsMultiline ? "$" : @"\z");
                _at++;
                break;
            case '{':
                Repeat();
                break;
            case '#' or ' ':
                _made.Append('\\');
                Copy(1);
                break;
            default:
                CopyCodePoint();
                break;
        }
    }

    /// <summary>A code point of two UTF-16 units is one atom to what repeats it.</summary>
    private void CopyCodePoint()
    {
        int length = Values.CodePoints.LengthAt(pattern, _at);
        _made.Append(length == 2 ? $"(?:{pattern.AsSpan(_at, length)})" : pattern.AsSpan(_at, length).ToString());
        _at += length;
    }

    private void Copy(int length)
    {
        _made.Append(pattern, _at, length);
        _at += length;
    }

    private void Group()
    {
        ReadOnlySpan<char> rest = pattern.AsSpan(_at);
        if (!rest.StartsWith("(?"))
        {
            // No text is taken out of a match: a group that is captured would only cost.
            _made.Append("(?:");
            _at++;
            _groups.Enter(_groups.IsMultiline);
            return;
        }

        if (rest.StartsWith("(?P<") || (rest.StartsWith("(?<") && rest is not ['(', '?', '<', '=' or '!', ..]))
        {
            int end = rest.IndexOf('>');
            int begin = rest.IndexOf('<') + 1;
            if (end <= begin || rest[begin..end].ContainsAnyExcept(NameCharacters))
            {
                throw new PatternException("a group's name has letters, digits and _ in it");
            }

            _made.Append("(?:");
            _at += end + 1;
            _groups.Enter(_groups.IsMultiline);
            return;
        }

        Flags(rest);
    }

    private void Flags(ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOfAnyExcept(FlagCharacters);
        if (end < 0 || rest[end] is not (':' or ')') || (rest[end] == ')' && end == 2))
        {
            throw new PatternException(
                "a pattern cannot look around it or refer back; groups are written (…), (?:…), (?i:…)");
        }

        if (rest[..end].Contains('U'))
        {
            throw new PatternException("the flag U is not supported; write *? for the shortest match");
        }

        int off = rest[..end].IndexOf('-');
        int multiline = rest[..end].IndexOf('m');
        bool isMultiline = multiline < 0 ? _groups.IsMultiline : off < 0 || multiline < off;
        if (rest[end] == ':')
        {
            _groups.Enter(isMultiline);
        }
        else
        {
            _groups.IsMultiline = isMultiline;
        }

        Copy(end + 1);
    }

    /// <summary>So many times; a brace that repeats nothing is a character.</summary>
    private void Repeat()
    {
        int end = pattern.IndexOf('}', _at);
        string[] bounds = end < 0 ? [] : pattern[(_at + 1)..end].Split(',');
        bool isRepeat = bounds.Length is 1 or 2 && IsNumber(bounds[0])
            && (bounds.Length == 1 || bounds[1].Length == 0 || IsNumber(bounds[1]));
        if (!isRepeat)
        {
            _made.Append("\\{");
            _at++;
            return;
        }

        int times = bounds.Max(Times);
        _groups.Repeat(times);
        if (times > PatternGroups.MostTimes || _groups.IsTooLarge)
        {
            throw new PatternException(
                $"a pattern repeats a part at most {PatternGroups.MostTimes} times, and has at most "
                + $"{PatternGroups.MostParts} parts");
        }

        Copy(end + 1 - _at);
    }

    /// <summary>Four digits are more than may be, and cannot overflow.</summary>
    private static int Times(string bound) => bound.Length == 0 ? 0
        : bound.Length > 4 ? int.MaxValue
        : int.Parse(bound, CultureInfo.InvariantCulture);

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
