using System.Text;
using Lightport.Cel.Values;

namespace Lightport.Cel.Functions;

/// <summary>Where something is in a text, and what is there.</summary>
internal static class TextParts
{
    /// <summary>One character; nothing at the end.</summary>
    public static CelValue CharacterAt(string text, long number) =>
        CodePoints.OffsetOf(text, number) is not { } offset ? Failure.NoIndex(number)
        : offset == text.Length ? CelValue.Of("")
        : CelValue.Of(text.Substring(offset, CodePoints.LengthAt(text, offset)));

    /// <summary>Where a part first is at or behind a place; -1 where it is not.</summary>
    public static CelValue IndexOf(string text, string part, long from)
    {
        if (CodePoints.OffsetOf(text, from) is not { } offset)
        {
            return Failure.NoIndex(from);
        }

        int found = text.AsSpan(offset).IndexOf(part, StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1L : CodePoints.Count(text.AsSpan(0, offset + found)));
    }

    /// <summary>Where a part last is that begins at or before a place; -1 where it is not.</summary>
    public static CelValue LastIndexOf(string text, string part, long? from)
    {
        int offset = text.Length;
        if (from is { } number)
        {
            if (CodePoints.OffsetOf(text, number) is not { } given || (given == text.Length && text.Length > 0))
            {
                return Failure.NoIndex(number);
            }

            offset = given;
        }

        int end = (int)Math.Min((long)offset + part.Length, text.Length);
        int found = text.AsSpan(0, end).LastIndexOf(part, StringComparison.Ordinal);
        return CelValue.Of(found < 0 ? -1L : CodePoints.Count(text.AsSpan(0, found)));
    }

    /// <param name="end">The first that is left out; null for the text's end.</param>
    public static CelValue Substring(string text, long begin, long? end)
    {
        if (CodePoints.OffsetOf(text, begin) is not { } first)
        {
            return Failure.NoIndex(begin);
        }

        int? last = end is { } number ? CodePoints.OffsetOf(text, number) : text.Length;
        return last is not { } behind ? Failure.NoIndex(end ?? 0)
            : behind < first ? CelValue.Error($"invalid substring range: {begin} to {end}")
            : CelValue.Of(text[first..behind]);
    }

    /// <summary>As a literal that reads back as the text.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new(text.Length + 2);
        quoted.Append('"');
        foreach (Rune rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '\a' => "\\a",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\v' => "\\v",
                '\\' => "\\\\",
                '"' => "\\\"",
                _ => rune.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
