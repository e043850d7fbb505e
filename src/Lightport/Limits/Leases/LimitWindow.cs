using System.Globalization;

namespace Lightport.Limits.Leases;

/// <summary>One stretch of a period, from its first tick up to, and not with, its end; ticks of UTC.</summary>
internal readonly record struct LimitWindow(LimitPeriod Period, long Start, long End)
{
    /// <summary>When a counter that is of it begins anew; null where it does not.</summary>
    public DateTimeOffset? EndsAt => End == long.MaxValue ? null : new DateTimeOffset(End, TimeSpan.Zero);

    /// <summary>What a store calls it; a later one comes after an earlier one.</summary>
    public string Name => Period switch
    {
        LimitPeriod.Minute => Begin("yyyyMMddHHmm"),
        LimitPeriod.Day => Begin("yyyyMMdd"),
        LimitPeriod.Month => Begin("yyyyMM"),
        _ => "0",
    };

    public static LimitWindow At(LimitPeriod period, long ticks)
    {
        var at = new DateTime(ticks, DateTimeKind.Utc);
        return period switch
        {
            LimitPeriod.Minute => Of(period, ticks - (ticks % TimeSpan.TicksPerMinute), TimeSpan.TicksPerMinute),
            LimitPeriod.Day => Of(period, at.Date.Ticks, TimeSpan.TicksPerDay),
            LimitPeriod.Month => Month(new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc)),
            _ => new(period, 0, long.MaxValue),
        };
    }

    /// <summary>Whether a moment that is known to lie between two is surely in it.</summary>
    public bool Holds(long earliest, long latest) => earliest >= Start && latest < End;

    private static LimitWindow Of(LimitPeriod period, long start, long length) => new(period, start, start + length);

    private static LimitWindow Month(DateTime first) => new(LimitPeriod.Month, first.Ticks, first.AddMonths(1).Ticks);

    private string Begin(string format) =>
        new DateTime(Start, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);
}
