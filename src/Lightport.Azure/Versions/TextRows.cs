using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Versions;

/// <summary>A version's document as rows, <c>text|0000</c> and on.</summary>
internal static class TextRows
{
    private const string TextColumn = "Text";
    private const string Prefix = "text|";

    public static IEnumerable<TableEntity> Of(string partition, string text) =>
        TextColumns.Split(text).Select((piece, index) =>
        {
            var row = new TableEntity(partition, Key(index));
            TextColumns.Write(row, TextColumn, piece);
            return row;
        });

    public static bool Is(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What stands in the rows, to be held to a digest.</summary>
    public static string Read(IReadOnlyDictionary<string, TableEntity> rows)
    {
        var text = new StringBuilder();
        for (int i = 0; rows.TryGetValue(Key(i), out TableEntity? row); i++)
        {
            text.Append(TextColumns.Read(row, TextColumn));
        }

        return text.ToString();
    }

    private static string Key(int index) => Prefix + index.ToString("D4", CultureInfo.InvariantCulture);
}
