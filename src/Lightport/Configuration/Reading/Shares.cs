using System.Globalization;

namespace Lightport.Configuration.Reading;

/// <summary>Shares as people write them: <c>5%</c>, <c>0.5%</c>, <c>100%</c>.</summary>
internal static class Shares
{
    /// <summary>From 0 to 1; null where the text is no share, is nothing, or is over all of it.</summary>
    public static double? Parse(string text) =>
        text.EndsWith('%')
        && double.TryParse(
            text.AsSpan(0, text.Length - 1),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double percent)
        && percent is > 0 and <= 100
            ? percent / 100
            : null;
}
