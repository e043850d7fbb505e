using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;

namespace Lightport.Azure.Versions;

/// <summary>
/// An entry as rows: <c>kind|name</c> with its order and JSON, and <c>kind|name|0001</c> … where one row is too small.
/// </summary>
internal static class EntryRows
{
    private const string OrderColumn = "Order";
    private const string JsonColumn = "Json";
    private const string RowsColumn = "Rows";

    /// <summary>The name, where the key could not take all of it.</summary>
    private const string NameColumn = "Name";

    /// <summary>Of a kind, and of a row's number, each with its separator.</summary>
    private const int RoomBesideName = 40;

    public static IEnumerable<TableEntity> Of(string partition, ConfigurationEntry entry)
    {
        string name = RowKey.Encode(entry.Name, RowKey.MaxLength - RoomBesideName);
        string key = $"{RowKey.Encode(entry.Kind)}{RowKey.Separator}{name}";
        IReadOnlyList<string> pieces = TextColumns.Split(entry.Json);
        var head = new TableEntity(partition, key) { [OrderColumn] = entry.Order };
        if (pieces.Count > 1)
        {
            head[RowsColumn] = pieces.Count;
        }

        if (!RowKey.IsWhole(name))
        {
            TextColumns.Write(head, NameColumn, TextColumns.WellFormed(entry.Name));
        }

        TextColumns.Write(head, JsonColumn, pieces[0]);
        yield return head;
        for (int i = 1; i < pieces.Count; i++)
        {
            var more = new TableEntity(partition, Numbered(key, i));
            TextColumns.Write(more, JsonColumn, pieces[i]);
            yield return more;
        }
    }

    /// <summary>An entry's first row, or one that a hand wrote.</summary>
    public static bool IsHead(string key) => key.Count(character => character == RowKey.Separator) < 2;

    /// <summary>
    /// The entry of a first row, whatever its columns are, so that a reader can name what is wrong with it: no order
    /// puts it at the end, no JSON is empty text.
    /// </summary>
    /// <param name="rows">The version's rows by key.</param>
    /// <returns>Null where some of its rows are missing.</returns>
    public static ConfigurationEntry? Read(TableEntity head, IReadOnlyDictionary<string, TableEntity> rows)
    {
        string json = TextColumns.Read(head, JsonColumn) ?? "";
        for (int i = 1; i < Count(head); i++)
        {
            if (!rows.TryGetValue(Numbered(head.RowKey, i), out TableEntity? more))
            {
                return null;
            }

            json += TextColumns.Read(more, JsonColumn);
        }

        string[] key = head.RowKey.Split(RowKey.Separator, 2);
        string name = key.Length > 1 ? key[1] : "";
        string? whole = RowKey.IsWhole(name) ? null : TextColumns.Read(head, NameColumn);
        return new ConfigurationEntry(RowKey.Decode(key[0]), whole ?? RowKey.Decode(name), Order(head), json);
    }

    private static string Numbered(string key, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{key}{RowKey.Separator}{index:D4}");

    private static int Order(TableEntity row) => Whole(row, OrderColumn) ?? int.MaxValue;

    private static int Count(TableEntity row) => Whole(row, RowsColumn) ?? 1;

    private static int? Whole(TableEntity row, string column)
    {
        try
        {
            return Columns.Number(row, column) is >= 0 and < int.MaxValue and { } number ? (int)number : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
