using System.Globalization;

namespace Lightport.Cli.Output;

/// <summary>Values as tables show them, the same in every country.</summary>
internal static class Shown
{
    /// <summary>UTC to the second; a dash for none.</summary>
    public static string Moment(DateTimeOffset? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>With a comma at each thousand.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>US dollars: cents, and of less than one as much as tells it.</summary>
    public static string Dollars(decimal dollars) => dollars is > 0 and < 1
        ? dollars.ToString("0.00####", CultureInfo.InvariantCulture)
        : dollars.ToString("N2", CultureInfo.InvariantCulture);

    /// <summary>A list in one cell.</summary>
    public static string List(IReadOnlyList<string>? items, string none) =>
        items is null or [] ? none : string.Join(", ", items);

    public static string Tags(IReadOnlyDictionary<string, string>? tags) =>
        tags is null ? "" : string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}"));
}
