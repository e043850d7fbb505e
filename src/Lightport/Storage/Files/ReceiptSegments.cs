using System.Globalization;

namespace Lightport.Storage.Files;

/// <summary>
/// The files of receipts in a folder, one for each hour and process:
/// <c>2026-11-21T08.1f2e3d4c5b6a7988.000000000abc.jsonl</c>. The last part is the highest count that was written when
/// the file was begun: whatever has a higher one was not over by then, and stands in this file or a later one.
/// </summary>
internal static class ReceiptSegments
{
    private const string Extension = ".jsonl";
    private const string HourFormat = "yyyy-MM-dd'T'HH";

    public static string NameOf(DateTimeOffset hour, RequestId highest)
    {
        string when = hour.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);
        return $"{when}.{highest.Process}.{highest.Count.ToString("x12", CultureInfo.InvariantCulture)}{Extension}";
    }

    /// <summary>Where a receipt may stand, the likeliest first: that of a long request stands further behind.</summary>
    public static IEnumerable<string> Holding(string folder, RequestId id)
    {
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, $"*.{id.Process}.*{Extension}").Order(StringComparer.Ordinal)]
            : [];
        return files.Skip(Array.FindLastIndex(files, file => Highest(file) < id.Count));
    }

    /// <summary>Those of hours that are over by then.</summary>
    public static IEnumerable<string> Before(string folder, DateTimeOffset moment) =>
        from file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : []
        where DateTimeOffset.TryParseExact(
            Path.GetFileName(file).Split('.')[0],
            HourFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset hour)
            && hour.AddHours(1) <= moment
        select file;

    private static long Highest(string file) =>
        Path.GetFileName(file).Split('.') is [_, _, var count, _]
        && long.TryParse(count, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long highest)
            ? highest
            : 0;
}
