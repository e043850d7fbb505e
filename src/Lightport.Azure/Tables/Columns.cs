using System.Globalization;
using Azure.Data.Tables;

namespace Lightport.Azure.Tables;

/// <summary>
/// Reads a row's columns. Tools that change rows by hand choose types of their own, so a number or a date in text is
/// taken for what it says. What is not there is null; what is there and cannot be read is a
/// <see cref="FormatException"/>.
/// </summary>
internal static class Columns
{
    public static string? Text(TableEntity row, string column) => Value(row, column) switch
    {
        null => null,
        string => TextColumns.Read(row, column),
        _ => throw Odd(column),
    };

    public static long? Number(TableEntity row, string column) => Value(row, column) switch
    {
        null => null,
        int number => number,
        long number => number,
        double number when number == Math.Floor(number) && Math.Abs(number) < 1L << 53 => (long)number,
        string text when long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number) =>
            number,
        _ => throw Odd(column),
    };

    public static bool? Flag(TableEntity row, string column) => Value(row, column) switch
    {
        null => null,
        bool flag => flag,
        string text when bool.TryParse(text, out bool flag) => flag,
        _ => throw Odd(column),
    };

    public static DateTimeOffset? Moment(TableEntity row, string column) => Value(row, column) switch
    {
        null => null,
        DateTimeOffset moment => moment,
        string text when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) => moment,
        _ => throw Odd(column),
    };

    private static object? Value(TableEntity row, string column) =>
        row.TryGetValue(column, out object? value) ? value : null;

    private static FormatException Odd(string column) => new($"its column {column} cannot be read");
}
