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
    private const int MostRepeats = 1_000;

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly SearchValues<char> FlagCharacters = SearchValues.Create("(?imsU-");

    private readonly StringBuilder _made = new();
    private readonly Stack<bool> _multiline = new([false]);
    private int _at;

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
                if (_multiline.Count > 1)
                {
                    _multiline.Pop();
                }

                Copy(1);
                break;
            case '.':
                // One code point. (?s) has been told to the group, and reaches the second half alike.
                _made.Append($"(?:{Pair}|.)");
                _at++;
                break;
            case '$':
                _made.Append(_multiline.Peek() ? "$" : @"\z");
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
        bool isMultiline = _multiline.Peek();
        ReadOnlySpan<char> rest = pattern.AsSpan(_at);
        if (!rest.StartsWith("(?"))
        {
            // No text is taken out of a match: a group that is captured would only cost.
            _made.Append("(?:");
            _at++;
            _multiline.Push(isMultiline);
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
            _multiline.Push(isMultiline);
            return;
        }

        Flags(rest, isMultiline);
    }

    private void Flags(ReadOnlySpan<char> rest, bool isMultiline)
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
        isMultiline = multiline < 0 ? isMultiline : off < 0 || multiline < off;
        if (rest[end] == ':')
        {
            _multiline.Push(isMultiline);
        }
        else
        {
            _multiline.Pop();
            _multiline.Push(isMultiline);
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

        foreach (string bound in bounds)
        {
            if (bound.Length > 4 || (bound.Length > 0 && int.Parse(bound, CultureInfo.InvariantCulture) > MostRepeats))
            {
                throw new PatternException($"a pattern repeats at most {MostRepeats} times");
            }
        }

        Copy(end + 1 - _at);
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
