using System.Globalization;

namespace Lightport.Cli.Input;

/// <summary>Points in time as people write them: a day, a moment, or so long from now.</summary>
internal static class Moments
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_500);

    /// <summary>
    /// <c>2027-01-01</c> (its beginning, UTC), <c>2027-01-01T12:00:00Z</c>, <c>90d</c>; null for <c>never</c>.
    /// </summary>
    /// <exception cref="CommandFailure">It is none of these.</exception>
    public static DateTimeOffset? Parse(string text, TimeProvider clock)
    {
        if (text == "never")
        {
            return null;
        }

        if (Length(text) is { Ticks: > 0 } length)
        {
            DateTimeOffset end = clock.GetUtcNow() + length;
            return end.AddTicks(-(end.Ticks % TimeSpan.TicksPerSecond));
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset moment)
            ? moment
            : throw new CommandFailure(ExitCodes.WrongUse, $"'{text}' is no time: write a day (2027-01-01), a moment "
                + "(2027-01-01T12:00:00Z), how long from now (90d, 12h, 30m) or never.");
    }

    /// <summary>A day as the doors take it.</summary>
    /// <exception cref="CommandFailure">It is none.</exception>
    public static string Day(string text, string option) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : throw new CommandFailure(ExitCodes.WrongUse, $"{option} takes a day, as 2026-11-21; '{text}' is none.");

    /// <summary>A day or an hour (<c>2026-11-21T08</c>) as the doors take it.</summary>
    /// <exception cref="CommandFailure">It is neither.</exception>
    public static string DayOrHour(string text, string option) =>
        DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH", "yyyy-MM-dd'T'HH':00:00Z'"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out _)
            ? text
            : throw new CommandFailure(
                ExitCodes.WrongUse,
                $"{option} takes a day or an hour, as 2026-11-21 or 2026-11-21T08; '{text}' is neither.");

    /// <summary>A length of time, none included, in the units that the doors know: days as hours.</summary>
    /// <exception cref="CommandFailure">It is none.</exception>
    public static string Duration(string text, string option) => Length(text) is not { } length
        ? throw new CommandFailure(
            ExitCodes.WrongUse, $"{option} takes a length of time, as 24h, 30m or 7d; '{text}' is none.")
        : text.EndsWith('d') ? string.Create(CultureInfo.InvariantCulture, $"{length.TotalHours}h") : text;

    private static TimeSpan? Length(string text)
    {
        TimeSpan? unit = text.Length < 2 ? null : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };
        return unit is { } one
            && int.TryParse(text.AsSpan()[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count <= Longest / one
            ? one * count
            : null;
    }
}
