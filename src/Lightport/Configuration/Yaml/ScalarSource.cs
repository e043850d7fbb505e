using YamlDotNet.Core;

namespace Lightport.Configuration.Yaml;

/// <summary>
/// How a scalar is written, so that an error inside its value is told where a person sees it: past quotes, escapes,
/// folded lines and the indentation of a block.
/// </summary>
/// <param name="Document">The whole text.</param>
/// <param name="Start">Where in it the scalar begins, its quote or block indicator included.</param>
/// <param name="End">Where it is over.</param>
internal sealed record ScalarSource(string Document, int Start, int End, ScalarStyle Style)
{
    public (int Line, int Column) PlaceOf(ScalarNode node, int offset)
    {
        int at = Skip(node.Value, Math.Min(offset, node.Value.Length));
        ReadOnlySpan<char> before = Document.AsSpan(Start, at - Start);
        int breaks = before.Count('\n');
        return breaks == 0
            ? (node.Line, node.Column + before.Length)
            : (node.Line + breaks, before.Length - before.LastIndexOf('\n'));
    }

    /// <summary>The place of the character that stands behind so many of the value's.</summary>
    private int Skip(string value, int count)
    {
        int at = FirstCharacter();
        for (int i = 0; i < count; i++)
        {
            at = Find(value[i], at);
            at += at < End ? LengthAt(at, value[i]) : 0;
        }

        return count < value.Length ? Find(value[count], at) : Math.Min(at, End);
    }

    private int FirstCharacter()
    {
        int first = Start;
        if (Document[first] == '&')
        {
            // An anchor, and what stands between it and the scalar.
            first += Document.AsSpan(first).IndexOfAny(" \t\r\n");
            first += Document.AsSpan(first).IndexOfAnyExcept(" \t\r\n");
        }

        switch (Style)
        {
            case ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted:
                return first + 1;
            case ScalarStyle.Literal or ScalarStyle.Folded:
                int header = Document.IndexOf('\n', first);
                return header < 0 || header >= End ? End : header + 1;
            default:
                return first;
        }
    }

    /// <summary>
    /// Where a character of the value is written, from a place on. What stands between is white space that the value
    /// does not have, or has as the one space that lines are joined with.
    /// </summary>
    private int Find(char wanted, int at)
    {
        while (at < End && (IsJoined(at) || (Document[at] != wanted && IsBetween(wanted, at))))
        {
            at++;
        }

        return at;
    }

    private bool IsBetween(char wanted, int at) =>
        char.IsWhiteSpace(Document[at]) && !(Document[at] == '\n' && char.IsWhiteSpace(wanted));

    /// <summary>A backslash at the end of a line, which joins it with the next.</summary>
    private bool IsJoined(int at) =>
        Style == ScalarStyle.DoubleQuoted && Document[at] == '\\' && at + 1 < End && Document[at + 1] is '\r' or '\n';

    /// <summary>How long what stands for one character of the value is.</summary>
    private int LengthAt(int at, char character) => (Style, Document[at]) switch
    {
        (ScalarStyle.DoubleQuoted, '\\') => Document[at + 1] switch
        {
            'x' => 4,
            'u' => 6,

            // Stands for both halves of a pair, and is over with the second.
            'U' => char.IsHighSurrogate(character) ? 0 : 10,
            _ => 2,
        },
        (ScalarStyle.SingleQuoted, '\'') => 2,
        _ => 1,
    };
}
