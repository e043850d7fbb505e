using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Keys;

/// <summary>
/// A client key as a row: in the partition of its hash's first two digits, under its whole hash. A column that is not
/// there sets no limit; one that is there and cannot be read might have been one, so that the row is refused.
/// </summary>
internal static class ClientKeyRow
{
    private const int PartitionLength = 2;
    private const string NameColumn = "Name";
    private const string ModelsColumn = "Models";
    private const string TagsColumn = "Tags";
    private const string LimitsColumn = "Limits";
    private const string CreatedAtColumn = "CreatedAt";
    private const string ExpiresAtColumn = "ExpiresAt";
    private const string DisabledColumn = "Disabled";
    private const string ReplacesColumn = "Replaces";
    private const string ReplacedByColumn = "ReplacedBy";

    private static readonly AzureJsonContext Json = AzureJsonContext.Default;

    /// <param name="hash">A whole hash, or what one begins with.</param>
    public static string Partition(string hash) => hash[..Math.Min(PartitionLength, hash.Length)];

    public static TableEntity Of(ClientKeyRecord key)
    {
        var row = new TableEntity(Partition(key.Hash), key.Hash)
        {
            [CreatedAtColumn] = key.CreatedAt,
            [DisabledColumn] = key.Disabled,
        };
        TextColumns.Write(row, NameColumn, TextColumns.WellFormed(key.Name));
        TextColumns.Write(row, TagsColumn, JsonSerializer.Serialize(key.Tags, Json.IReadOnlyDictionaryStringString));
        if (key.Models is { } models)
        {
            TextColumns.Write(row, ModelsColumn, JsonSerializer.Serialize(models, Json.IReadOnlyListString));
        }

        if (key.Limits is { } limits)
        {
            TextColumns.Write(row, LimitsColumn, JsonSerializer.Serialize(limits, Json.LimitAmounts));
        }

        Set(row, ExpiresAtColumn, key.ExpiresAt);
        Set(row, ReplacesColumn, key.Replaces);
        Set(row, ReplacedByColumn, key.ReplacedBy);
        return row;
    }

    /// <exception cref="FormatException">A column cannot be read; the message names it.</exception>
    public static ClientKeyRecord Read(TableEntity row) => new()
    {
        Hash = row.RowKey,
        Name = Columns.Text(row, NameColumn) ?? "",
        Models = Parse(row, ModelsColumn, Json.IReadOnlyListString),
        Tags = Parse(row, TagsColumn, Json.IReadOnlyDictionaryStringString) ?? new Dictionary<string, string>(),
        Limits = Parse(row, LimitsColumn, Json.LimitAmounts),
        CreatedAt = Columns.Moment(row, CreatedAtColumn) ?? row.Timestamp.GetValueOrDefault(),
        ExpiresAt = Columns.Moment(row, ExpiresAtColumn),
        Disabled = Columns.Flag(row, DisabledColumn) ?? false,
        Replaces = Columns.Text(row, ReplacesColumn),
        ReplacedBy = Columns.Text(row, ReplacedByColumn),
        ETag = row.ETag.ToString(),
    };

    private static void Set(TableEntity row, string column, object? value)
    {
        if (value is not null)
        {
            row[column] = value;
        }
    }

    private static T? Parse<T>(TableEntity row, string column, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return Columns.Text(row, column) is { } json ? JsonSerializer.Deserialize(json, type) ?? throw Odd() : null;
        }
        catch (JsonException)
        {
            throw Odd();
        }

        FormatException Odd() => new($"its column {column} cannot be read");
    }
}
