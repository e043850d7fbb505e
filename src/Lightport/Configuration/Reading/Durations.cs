using System.Globalization;

namespace Lightport.Configuration.Reading;

/// <summary>Lengths of time as people write them: <c>200ms</c>, <c>5s</c>, <c>15m</c>, <c>1.5h</c>.</summary>
internal static class Durations
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Null where the text is no length of time, is zero, or is over <see cref="Longest"/>.</summary>
    public static TimeSpan? Parse(string text) => Parse(text, TimeSpan.FromMilliseconds(1), Longest);

    /// <summary>Null where the text is no length of time from the one to the other.</summary>
    public static TimeSpan? Parse(string text, TimeSpan shortest, TimeSpan longest)
    {
        (string unit, double milliseconds) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => ("ms", 1d),
            _ when text.EndsWith('s') => ("s", 1_000),
            _ when text.EndsWith('m') => ("m", 60_000),
            _ when text.EndsWith('h') => ("h", 3_600_000),
            _ when text.EndsWith('d') => ("d", 86_400_000),
            _ => ("", 0),
        };
        bool number = double.TryParse(
            text.AsSpan(0, text.Length - unit.Length),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double amount);
        double length = amount * milliseconds;
        return number
            && unit.Length > 0
            && length >= shortest.TotalMilliseconds
            && length <= longest.TotalMilliseconds
                ? TimeSpan.FromMilliseconds(length)
                : null;
    }
}
