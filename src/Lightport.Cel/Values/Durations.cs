using System.Buffers;
using System.Globalization;

namespace Lightport.Cel.Values;

/// <summary>Spans of time in nanoseconds, up to 292 years, and their text (<c>1h30m</c>, <c>1.5s</c>).</summary>
internal static class Durations
{
    public const long PerSecond = 1_000_000_000;

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    private static readonly (string Unit, long Nanoseconds)[] Units =
    [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000),
        ("s", PerSecond), ("m", 60 * PerSecond), ("h", 3_600 * PerSecond),
    ];

    /// <summary>A duration; an error beyond its range.</summary>
    public static CelValue At(Int128 nanoseconds) => nanoseconds < long.MinValue || nanoseconds > long.MaxValue
        ? CelValue.Error("a duration is out of range")
        : CelValue.OfDuration((long)nanoseconds);

    public static CelValue Parse(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan();
        bool isNegative = rest is ['-', ..];
        rest = rest is ['-' or '+', ..] ? rest[1..] : rest;
        if (rest is "0")
        {
            return CelValue.OfDuration(0);
        }

        Int128 total = 0;
        bool isForm = rest.Length > 0;
        while (isForm && rest.Length > 0)
        {
            isForm = TryTake(ref rest, out Int128 part);
            total += part;
        }

        return isForm ? At(isNegative ? -total : total)
            : CelValue.Error("the text is no duration, which looks like 1h30m, 90s or 1.5s");
    }

    /// <summary>In seconds: <c>90s</c>, <c>1.5s</c>.</summary>
    public static string Of(in CelValue duration)
    {
        ulong nanoseconds = duration.Bits < 0 ? 0UL - duration.Unsigned : duration.Unsigned;
        string sign = duration.Bits < 0 ? "-" : "";
        return $"{sign}{nanoseconds / PerSecond}{Fraction((int)(nanoseconds % PerSecond))}s";
    }

    /// <summary>A point and the digits that are needed; nothing for none.</summary>
    public static string Fraction(int nanoseconds) => nanoseconds == 0
        ? "" : $".{nanoseconds.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0')}";

    /// <summary>Takes a number and its unit off the front.</summary>
    private static bool TryTake(ref ReadOnlySpan<char> text, out Int128 nanoseconds)
    {
        nanoseconds = 0;
        int digits = text.IndexOfAnyExcept(Digits);
        // Eighteen digits are more than any duration has; what is longer would leave the range of a decimal.
        if (digits is < 1 or > 18
            || !decimal.TryParse(
                text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            return false;
        }

        text = text[digits..];
        ReadOnlySpan<char> unit = text[..LengthOfUnit(text)];
        text = text[unit.Length..];
        foreach ((string name, long worth) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                nanoseconds = (Int128)(number * worth);
                return true;
            }
        }

        return false;
    }

    private static int LengthOfUnit(ReadOnlySpan<char> text) =>
        text.IndexOfAny(Digits) is var end && end < 0 ? text.Length : end;
}
