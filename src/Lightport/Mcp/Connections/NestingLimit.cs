using System.Buffers;

namespace Lightport.Mcp.Connections;

/// <summary>
/// Empties the objects and lists of a JSON text that are nested deeper than is taken, so that one odd tool or result
/// costs itself alone, and not the whole message that it comes in. A text of too many values is not taken at all.
/// </summary>
/// <param name="deepest">In levels.</param>
/// <param name="isLined">Each line is a text of its own: an event's, or a program's message.</param>
internal sealed class NestingLimit(int deepest, bool isLined)
{
    private static readonly SearchValues<byte> Outside = SearchValues.Create("\"{}[],\n"u8);
    private static readonly SearchValues<byte> Inside = SearchValues.Create("\"\\\n"u8);

    private int _depth;
    private int _values;
    private bool _isInText;
    private bool _isEscaped;

    /// <summary>Moves together what is kept of the next bytes.</summary>
    /// <returns>How many those are.</returns>
    /// <exception cref="AnswerTooLargeException">They are too many values.</exception>
    public int Keep(Span<byte> bytes)
    {
        int kept = 0;
        for (int at = 0; at < bytes.Length;)
        {
            int plain = _isEscaped ? 0 : bytes[at..].IndexOfAny(_isInText ? Inside : Outside);
            int count = plain < 0 ? bytes.Length - at : plain;
            kept = Move(bytes, at, kept, count, _depth <= deepest);
            at += count;
            if (at < bytes.Length)
            {
                kept = Move(bytes, at, kept, 1, IsKept(bytes[at]));
                at++;
            }
        }

        return kept;
    }

    /// <summary>Whether the byte is, which changes what comes after it.</summary>
    private bool IsKept(byte mark)
    {
        bool isKept = _depth <= deepest;
        if (_isEscaped)
        {
            _isEscaped = false;
            return isKept;
        }

        switch (mark)
        {
            case (byte)'\n' when isLined:
                (_depth, _isInText, _values) = (0, false, 0);
                return true;
            case (byte)'"':
                _isInText = !_isInText;
                return isKept;
            case (byte)',' when !_isInText && ++_values > McpBounds.MostValues:
                throw AnswerTooLargeException.OfValues(McpBounds.MostValues);
            case (byte)'\\':
                _isEscaped = true;
                return isKept;
            case (byte)'{' or (byte)'[':
                return ++_depth <= deepest + 1;
            case (byte)'}' or (byte)']':
                _depth = Math.Max(_depth - 1, 0);
                return _depth <= deepest;
            default:
                return isKept;
        }
    }

    private static int Move(Span<byte> bytes, int from, int to, int count, bool isKept)
    {
        if (!isKept)
        {
            return to;
        }

        if (from != to)
        {
            bytes.Slice(from, count).CopyTo(bytes[to..]);
        }

        return to + count;
    }
}
