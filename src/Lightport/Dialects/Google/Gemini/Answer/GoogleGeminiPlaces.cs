using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Finds places that are told in bytes of UTF-8 in a text of UTF-16.</summary>
/// <param name="text">The text that is cited in.</param>
/// <param name="before">How much of the answer's text stands before it, in units.</param>
internal sealed class GoogleGeminiPlaces(string text, int before)
{
    private int[]? _units;

    /// <summary>
    /// The citation with its span; without one where the place is not of this text, as its words or its bounds show.
    /// </summary>
    /// <param name="place">Has <c>startIndex</c>, which is left out where it is 0, and <c>endIndex</c>.</param>
    public Citation Placed(Citation citation, JsonElement? place) => place is { } told
        ? Placed(citation, told.IntegerOf("startIndex"), told.IntegerOf("endIndex"), told.TextOf("text"))
        : citation;

    /// <summary>The same by numbers: bytes, of which the first is 0 where it is left out.</summary>
    /// <param name="words">What must stand there; null where that is not told.</param>
    public Citation Placed(Citation citation, int? startByte, int? endByte, string? words)
    {
        if (endByte is not { } last)
        {
            return citation;
        }

        int start = UnitAt(startByte ?? 0);
        int end = UnitAt(last);
        bool isOfThisText = start >= 0 && end > start
            && (words is null || text.AsSpan(start, end - start).SequenceEqual(words));
        return isOfThisText ? citation with { StartIndex = before + start, EndIndex = before + end } : citation;
    }

    /// <summary>The unit that begins at a byte; -1 where none does.</summary>
    private int UnitAt(int position)
    {
        _units ??= Units(text);
        return position >= 0 && position < _units.Length ? _units[position] : -1;
    }

    /// <summary>For each byte, the end included, the unit that begins there.</summary>
    private static int[] Units(string text)
    {
        int[] units = new int[Encoding.UTF8.GetByteCount(text) + 1];
        Array.Fill(units, -1);
        int position = 0;
        int unit = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            units[position] = unit;
            position += rune.Utf8SequenceLength;
            unit += rune.Utf16SequenceLength;
        }

        units[position] = unit;
        return units;
    }
}
