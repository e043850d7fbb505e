using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Usage;

/// <summary>
/// A row of usage in the partition <c>key|day</c>, under <c>instance|hour|model|mark</c>; the mark is of its route and
/// tags, and is not there where there are none.
/// </summary>
internal static class UsageTableRow
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string KeyColumn = "Key";
    private const string HourColumn = "Hour";
    private const string InstanceColumn = "Instance";
    private const string ModelColumn = "Model";
    private const string FormatColumn = "Format";
    private const string RouteColumn = "Route";
    private const string TagColumn = "Tag";
    private const string KeyTagsColumn = "KeyTags";
    private const string PriceVersionsColumn = "PriceVersions";
    private const string FirstByteColumn = "FirstByte";
    private const string DurationColumn = "Duration";
    private const int MaxInstanceLength = 128;
    private const int MaxModelLength = RowKey.MaxLength - MaxInstanceLength - MarkLength - 5;

    /// <summary>Hexadecimal digits of a hash: one model has few routes and tags in an hour.</summary>
    private const int MarkLength = 16;

    public static string Partition(string keyId, DateOnly day) => $"{Key(keyId)}{RowKey.Separator}{Day(day)}";

    /// <summary>A key's id as partitions spell it.</summary>
    public static string Key(string keyId) => RowKey.Encode(keyId, 256);

    public static string Day(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    public static TableEntity Of(UsageRow usage)
    {
        DateTime hour = usage.Hour.UtcDateTime;
        var day = DateOnly.FromDateTime(hour);
        string instance = RowKey.Encode(usage.Instance, MaxInstanceLength);
        string model = RowKey.Encode(usage.Model, MaxModelLength);
        var row = new TableEntity(
            Partition(usage.KeyId, day),
            string.Create(CultureInfo.InvariantCulture, $"{instance}|{hour:HH}|{model}{Mark(usage)}"))
        {
            [HourColumn] = usage.Hour,
            [FormatColumn] = UsageRow.Format,
        };
        WriteName(row, KeyColumn, usage.KeyName);
        WriteName(row, InstanceColumn, usage.Instance);
        WriteName(row, ModelColumn, usage.Model);
        WriteText(row, RouteColumn, usage.Route);
        WriteText(row, TagColumn, usage.Tag);
        WriteText(row, KeyTagsColumn, usage.KeyTags);
        WriteText(row, PriceVersionsColumn, usage.PriceVersions);
        WriteText(row, FirstByteColumn, usage.Sums.FirstByte.ToString());
        WriteText(row, DurationColumn, usage.Sums.Duration.ToString());
        foreach (UsageMeasure measure in UsageSums.Measures)
        {
            // Most are 0 in most rows, and each has some 70 bytes on its way.
            if (usage.Sums[measure] is not 0 and var sum)
            {
                row[measure.ToString()] = sum;
            }
        }

        return row;
    }

    /// <exception cref="FormatException">A column cannot be read; the message names it.</exception>
    public static UsageRow Read(TableEntity row)
    {
        if (Columns.Number(row, FormatColumn) > UsageRow.Format)
        {
            throw new FormatException($"its column {FormatColumn} is of a newer release");
        }

        var sums = new UsageSums
        {
            FirstByte = Histogram(row, FirstByteColumn),
            Duration = Histogram(row, DurationColumn),
        };
        foreach (UsageMeasure measure in UsageSums.Measures)
        {
            sums[measure] = Columns.Number(row, measure.ToString()) ?? 0;
        }

        return new UsageRow
        {
            KeyId = RowKey.Decode(row.PartitionKey[..Math.Max(0, row.PartitionKey.LastIndexOf(RowKey.Separator))]),
            KeyName = Columns.Text(row, KeyColumn) ?? "",
            Hour = Columns.Moment(row, HourColumn) ?? throw new FormatException("it has no column Hour"),
            Instance = Columns.Text(row, InstanceColumn) ?? throw new FormatException("it has no column Instance"),
            Model = Columns.Text(row, ModelColumn) ?? throw new FormatException("it has no column Model"),
            Route = Columns.Text(row, RouteColumn) ?? "",
            Tag = Columns.Text(row, TagColumn) ?? "",
            KeyTags = Columns.Text(row, KeyTagsColumn) ?? "",
            PriceVersions = Columns.Text(row, PriceVersionsColumn) ?? "",
            Sums = sums,
        };
    }

    private static string Mark(UsageRow usage)
    {
        if (usage is { Route: "", Tag: "", KeyTags: "" })
        {
            return "";
        }

        // None of them has a line's end in it that could make two of these alike.
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{usage.Route}\n{usage.Tag}\n{usage.KeyTags}"));
        return $"{RowKey.Separator}{Convert.ToHexStringLower(hash)[..MarkLength]}";
    }

    private static LatencyHistogram Histogram(TableEntity row, string column) =>
        LatencyHistogram.Parse(Columns.Text(row, column) ?? "")
        ?? throw new FormatException($"its column {column} cannot be read");

    private static void WriteText(TableEntity row, string column, string text)
    {
        if (text.Length > 0)
        {
            WriteName(row, column, text);
        }
    }

    /// <summary>A model's name may be a client's own text: only as much of it as a column takes.</summary>
    private static void WriteName(TableEntity row, string column, string name) =>
        row[column] = TextColumns.WellFormed(name[..Math.Min(name.Length, TextColumns.ColumnLength)]);
}
