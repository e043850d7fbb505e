using System.Globalization;
using System.Text;
using Azure.Data.Tables;

namespace Lightport.Azure.Tables;

/// <summary>Text in columns of a row, since a column holds 64 KiB.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model"/>
internal static class TextColumns
{
    /// <summary>UTF-16 characters, a little less than 64 KiB.</summary>
    public const int ColumnLength = 31_000;

    /// <summary>Puts text into a row, as <c>Json</c>, <c>Json1</c>, <c>Json2</c> …</summary>
    public static void Write(TableEntity row, string column, string text)
    {
        List<string> parts = Split(text);
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

    private static List<string> Split(string text)
    {
        var pieces = new List<string>();
        for (int start = 0; start < text.Length || start == 0;)
        {
            int end = Math.Min(start + ColumnLength, text.Length);
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
