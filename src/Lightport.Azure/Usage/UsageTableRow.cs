using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Usage;

/// <summary>A row of usage in the partition <c>key|day</c>, under <c>instance|hour|model</c>.</summary>
internal static class UsageTableRow
{
    private const string DayFormat = "yyyy-MM-dd";
    private const string KeyColumn = "Key";
    private const string HourColumn = "Hour";
    private const string InstanceColumn = "Instance";
    private const string ModelColumn = "Model";
    private const int MaxInstanceLength = 128;
    private const int MaxModelLength = RowKey.MaxLength - MaxInstanceLength - 4;

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
            Partition(usage.KeyId, day), string.Create(CultureInfo.InvariantCulture, $"{instance}|{hour:HH}|{model}"))
        {
            [HourColumn] = usage.Hour,
            [nameof(usage.Requests)] = usage.Requests,
            [nameof(usage.Errors)] = usage.Errors,
            [nameof(usage.Estimated)] = usage.Estimated,
            [nameof(usage.Input)] = usage.Input,
            [nameof(usage.CacheRead)] = usage.CacheRead,
            [nameof(usage.CacheWrite)] = usage.CacheWrite,
            [nameof(usage.CacheWriteLong)] = usage.CacheWriteLong,
            [nameof(usage.InputAudio)] = usage.InputAudio,
            [nameof(usage.Output)] = usage.Output,
            [nameof(usage.Reasoning)] = usage.Reasoning,
            [nameof(usage.OutputAudio)] = usage.OutputAudio,
            [nameof(usage.WebSearches)] = usage.WebSearches,
        };
        WriteName(row, KeyColumn, usage.KeyName);
        WriteName(row, InstanceColumn, usage.Instance);
        WriteName(row, ModelColumn, usage.Model);
        return row;
    }

    /// <exception cref="FormatException">A column cannot be read; the message names it.</exception>
    public static UsageRow Read(TableEntity row) => new()
    {
        KeyId = RowKey.Decode(row.PartitionKey[..Math.Max(0, row.PartitionKey.LastIndexOf(RowKey.Separator))]),
        KeyName = Columns.Text(row, KeyColumn) ?? "",
        Hour = Columns.Moment(row, HourColumn) ?? throw new FormatException("it has no column Hour"),
        Instance = Columns.Text(row, InstanceColumn) ?? throw new FormatException("it has no column Instance"),
        Model = Columns.Text(row, ModelColumn) ?? throw new FormatException("it has no column Model"),
        Requests = Count(row, nameof(UsageRow.Requests)),
        Errors = Count(row, nameof(UsageRow.Errors)),
        Estimated = Count(row, nameof(UsageRow.Estimated)),
        Input = Count(row, nameof(UsageRow.Input)),
        CacheRead = Count(row, nameof(UsageRow.CacheRead)),
        CacheWrite = Count(row, nameof(UsageRow.CacheWrite)),
        CacheWriteLong = Count(row, nameof(UsageRow.CacheWriteLong)),
        InputAudio = Count(row, nameof(UsageRow.InputAudio)),
        Output = Count(row, nameof(UsageRow.Output)),
        Reasoning = Count(row, nameof(UsageRow.Reasoning)),
        OutputAudio = Count(row, nameof(UsageRow.OutputAudio)),
        WebSearches = Count(row, nameof(UsageRow.WebSearches)),
    };

    /// <summary>A model's name may be a client's own text: only as much of it as a column takes.</summary>
    private static void WriteName(TableEntity row, string column, string name) =>
        row[column] = TextColumns.WellFormed(name[..Math.Min(name.Length, TextColumns.ColumnLength)]);

    private static long Count(TableEntity row, string column) => Columns.Number(row, column) ?? 0;
}
