using System.Globalization;
using Lightport.Transport;
using Microsoft.Net.Http.Headers;

namespace Lightport.Exchanges;

/// <summary>
/// How long a provider asks to wait: in seconds or until a date
/// (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after), or in OpenAI's <c>retry-after-ms</c>.
/// </summary>
internal static class RetryAfter
{
    private const NumberStyles Styles =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>
    /// Null where nothing is asked. What nobody understands is a wait without end: another target is asked meanwhile.
    /// </summary>
    public static TimeSpan? Read(UpstreamResponse response, DateTimeOffset now)
    {
        string? milliseconds = response.Header("retry-after-ms");
        string? text = response.Header("retry-after");
        if (string.IsNullOrWhiteSpace(milliseconds) && string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        return Length(milliseconds, TimeSpan.TicksPerMillisecond)
            ?? Length(text, TimeSpan.TicksPerSecond)
            ?? Until(text, now)
            ?? TimeSpan.MaxValue;
    }

    private static TimeSpan? Length(string? text, long unit)
    {
        if (!double.TryParse(text, Styles, CultureInfo.InvariantCulture, out double number) || !(number >= 0))
        {
            return null;
        }

        double ticks = number * unit;
        return ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;
    }

    private static TimeSpan? Until(string? text, DateTimeOffset now)
    {
        if (!HeaderUtilities.TryParseDate(text, out DateTimeOffset date))
        {
            return null;
        }

        return date > now ? date - now : TimeSpan.Zero;
    }
}
