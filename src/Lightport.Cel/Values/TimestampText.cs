using System.Globalization;
using System.Text.RegularExpressions;

namespace Lightport.Cel.Values;

/// <summary>Points in time, from year 1 to 9999 in nanoseconds, and their text (RFC 3339).</summary>
internal static partial class TimestampText
{
    private const long First = -62_135_596_800;
    private const long Last = 253_402_300_799;

    /// <summary>A timestamp; an error beyond its range.</summary>
    /// <param name="nanoseconds">Any number of them; whole seconds are carried over.</param>
    public static CelValue At(Int128 seconds, long nanoseconds)
    {
        seconds += Math.DivRem(nanoseconds, Durations.PerSecond, out long rest);
        if (rest < 0)
        {
            (seconds, rest) = (seconds - 1, rest + Durations.PerSecond);
        }

        return seconds < First || seconds > Last
            ? CelValue.Error("a timestamp is out of range")
            : CelValue.OfTimestamp((long)seconds, (int)rest);
    }

    public static CelValue Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match
            || !DateTime.TryParseExact(
                match.Groups["time"].Value.ToUpperInvariant(), "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out DateTime time))
        {
            return CelValue.Error("the text is no timestamp, which looks like 2009-02-13T23:31:30Z");
        }

        long seconds = (time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
        string fraction = match.Groups["fraction"].Value.PadRight(9, '0');
        return At(seconds - OffsetOf(match), int.Parse(fraction, CultureInfo.InvariantCulture));
    }

    public static string Of(in CelValue timestamp)
    {
        string whole = TimeOf(timestamp.Bits).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        return $"{whole}{Durations.Fraction(timestamp.Nanoseconds)}Z";
    }

    public static DateTime TimeOf(long seconds) => DateTime.UnixEpoch.AddSeconds(seconds);

    private static int OffsetOf(Match match)
    {
        if (!match.Groups["hours"].Success)
        {
            return 0;
        }

        int minutes = (int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture) * 60)
            + int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture);
        return (match.Groups["sign"].ValueSpan is "-" ? -60 : 60) * minutes;
    }

    [GeneratedRegex(
        @"^(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?"
        + @"([Zz]|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):(?<minutes>[0-5][0-9]))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
