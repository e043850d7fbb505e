using System.Globalization;
using Lightport.Cel.Values;
using static Lightport.Cel.CelType;

namespace Lightport.Cel.Functions;

/// <summary>Parts of timestamps, in UTC or a zone, and of durations.</summary>
internal static class TimeFunctions
{
    /// <summary>What is wrong with a text as a time zone; null where nothing is.</summary>
    public static string? ZoneComplaint(string zone) => In(zone, 0, out string complaint) is null ? complaint : null;

    /// <summary>Whether it takes a time zone as its second argument.</summary>
    public static bool TakesZone(string function) =>
        All.Any(known => known.Name == function && function.StartsWith("get", StringComparison.Ordinal));

    public static IReadOnlyList<CelFunction> All { get; } =
    [
        Part("getFullYear", static time => time.Year),
        Part("getMonth", static time => time.Month - 1),
        Part("getDate", static time => time.Day),
        Part("getDayOfMonth", static time => time.Day - 1),
        Part("getDayOfWeek", static time => (int)time.DayOfWeek),
        Part("getDayOfYear", static time => time.DayOfYear - 1),
        Part("getHours", static time => time.Hour, 3_600 * Durations.PerSecond),
        Part("getMinutes", static time => time.Minute, 60 * Durations.PerSecond),
        Part("getSeconds", static time => time.Second, Durations.PerSecond),
        new(
            "getMilliseconds",
            CelOverload.Member([Timestamp], Int, static (arguments, _) => Milliseconds(arguments[0].Nanoseconds)),
            CelOverload.Member([Timestamp, CelType.String], Int, static (arguments, _) =>
                In(arguments[1].Text, arguments[0].Bits, out string complaint) is null
                    ? CelValue.Error(complaint) : Milliseconds(arguments[0].Nanoseconds)),
            CelOverload.Member([Duration], Int, static (arguments, _) =>
                Milliseconds(arguments[0].Bits % Durations.PerSecond))),
    ];

    /// <param name="unit">Nanoseconds of what a duration is counted in; null where it has no such part.</param>
    private static CelFunction Part(string name, Func<DateTime, int> part, long? unit = null)
    {
        CelOverload[] overloads =
        [
            CelOverload.Member([Timestamp], Int, (arguments, _) =>
                CelValue.Of((long)part(TimestampText.TimeOf(arguments[0].Bits)))),
            CelOverload.Member([Timestamp, CelType.String], Int, (arguments, _) =>
                In(arguments[1].Text, arguments[0].Bits, out string complaint) is { } time
                    ? CelValue.Of((long)part(time)) : CelValue.Error(complaint)),
        ];
        return unit is { } nanoseconds
            ? new CelFunction(
                name,
                [
                    .. overloads,
                    CelOverload.Member([Duration], Int, (arguments, _) => CelValue.Of(arguments[0].Bits / nanoseconds)),
                ])
            : new CelFunction(name, overloads);
    }

    private static CelValue Milliseconds(long nanoseconds) => CelValue.Of(nanoseconds / 1_000_000);

    /// <param name="zone">A name (<c>Europe/Berlin</c>), or hours and minutes from UTC (<c>-02:30</c>).</param>
    private static DateTime? In(string zone, long seconds, out string complaint)
    {
        complaint = "a time zone is a name such as Europe/Berlin, or an offset such as -02:30";
        DateTime time = TimestampText.TimeOf(seconds);
        if (Offset(zone) is { } minutes)
        {
            return Shifted(time, TimeSpan.FromMinutes(minutes));
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out TimeZoneInfo? found)
            ? Shifted(time, found.GetUtcOffset(time)) : null;
    }

    private static int? Offset(string zone)
    {
        ReadOnlySpan<char> digits = zone is ['+' or '-', ..] ? zone.AsSpan(1) : zone;
        return digits.Length == 5 && digits[2] == ':'
            && int.TryParse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture, out int hours)
            && int.TryParse(digits[3..], NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
            && hours < 24 && minutes < 60
                ? (zone[0] == '-' ? -1 : 1) * ((hours * 60) + minutes)
                : null;
    }

    /// <summary>Within a day of its ends the calendar stops rather than wrap.</summary>
    private static DateTime Shifted(DateTime time, TimeSpan offset) =>
        new(Math.Clamp(time.Ticks + offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
}
