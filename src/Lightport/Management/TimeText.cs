using System.Globalization;

namespace Lightport.Management;

/// <summary>Lengths of time as a configuration has them: <c>90s</c>, <c>2m</c>, <c>250ms</c>.</summary>
internal static class TimeText
{
    public static string Of(TimeSpan time) => time switch
    {
        { TotalMinutes: >= 1 } when time.Ticks % TimeSpan.TicksPerMinute == 0 => Number(time.TotalMinutes) + "m",
        { TotalSeconds: >= 1 } => Number(time.TotalSeconds) + "s",
        _ => Number(time.TotalMilliseconds) + "ms",
    };

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);
}
