using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace Lightport.Azure.Tables;

/// <summary>Text of any length in columns of a row, and in rows, since a column holds 64 KiB and a row 1 MiB.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model"/>
internal static class TextColumns
{
    /// <summary>UTF-16 characters, a little less than 64 KiB.</summary>
    public const int ColumnLength = 31_000;

    /// <summary>
    /// UTF-16 characters. A row's limit of 1 MiB is counted in UTF-16 by the service and in bytes of JSON, six for a
    /// character that is escaped, by its emulator: this stays below it either way.
    /// </summary>
    public const int RowLength = 5 * ColumnLength;

    /// <summary>The text in pieces that fit a row each; one empty piece for no text.</summary>
    public static IReadOnlyList<string> Split(string text) => Split(text, RowLength);

    /// <summary>Puts a piece into a row, as <c>Json</c>, <c>Json1</c>, <c>Json2</c> …</summary>
    public static void Write(TableEntity row, string column, string piece)
    {
        List<string> parts = Split(piece, ColumnLength);
        for (int i = 0; i < parts.Count; i++)
        {
            row[Name(column, i)] = parts[i];
        }
    }

    /// <summary>What a row holds under the name; a value that is no text as its text, null for none.</summary>
    public static string? Read(TableEntity row, string column)
    {
        if (!row.TryGetValue(column, out object? value) || value is null)
        {
            return null;
        }

        if (value is not string first)
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture);
        }

        var text = new StringBuilder(first);
        for (int i = 1; row.TryGetValue(Name(column, i), out value) && value is string part; i++)
        {
            text.Append(part);
        }

        return text.ToString();
    }

    /// <summary>The text without halves of characters, which no JSON can carry.</summary>
    public static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Name(string column, int index) =>
        index == 0 ? column : column + index.ToString(CultureInfo.InvariantCulture);

    private static List<string> Split(string text, int length)
    {
        var pieces = new List<string>();
        for (int start = 0; start < text.Length || start == 0;)
        {
            int end = Math.Min(start + length, text.Length);
            end -= end < text.Length && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            pieces.Add(text[start..end]);
            if (end == text.Length)
            {
                break;
            }

            start = end;
        }

        return pieces;
    }
}
