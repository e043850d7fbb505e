using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Azure.Versions;
using Lightport.Storage;

namespace Lightport.Azure.Receipts;

/// <summary>
/// Receipts as rows: those of one writing and of one stretch of counts stand in one row, as compressed lines, under
/// <c>stretch|moment|number</c>. A request that took long stands in a later row of its stretch, so that whoever looks
/// for one reads the few rows of its stretch.
/// </summary>
internal static class ReceiptRows
{
    /// <summary>Requests in a stretch, as a power of two: some seconds of a process that is busy.</summary>
    private const int StretchBits = 12;

    /// <summary>In characters before they are packed: ten columns of a row hold as many bytes, packed or not.</summary>
    private const int LongestRow = 300_000;

    /// <summary>Sorts behind every digit.</summary>
    private const string Behind = "~";

    private const string WrittenColumn = "WrittenAt";

    public static IEnumerable<TableEntity> Of(
        string process, IEnumerable<StoredReceipt> receipts, DateTimeOffset now) =>
        from stretch in receipts.GroupBy(receipt => StretchOf(receipt.Id))
        from part in Parts(stretch).Select((lines, number) => (Lines: lines, Number: number))
        select Row(process, $"{stretch.Key}|{now.UtcTicks:x16}|{part.Number:x4}", part.Lines, now);

    public static string FilterOf(RequestId id)
    {
        string stretch = StretchOf(id) + RowKey.Separator;
        return TableClient.CreateQueryFilter(
            $"PartitionKey eq {id.Process} and RowKey ge {stretch} and RowKey lt {stretch + Behind}");
    }

    /// <summary>A row that somebody edited was written never.</summary>
    public static DateTimeOffset WrittenAt(TableEntity row) =>
        row.TryGetValue(WrittenColumn, out object? value) && value is DateTimeOffset moment ? moment : default;

    /// <summary>Null where it is not in the row, or the row is not what was written.</summary>
    public static string? Find(TableEntity row, RequestId id)
    {
        string beginning = $$"""{"id":"{{id.Text}}",""";
        try
        {
            using var packed = new GZipStream(new MemoryStream(PackedRows.Read([row])), CompressionMode.Decompress);
            using var lines = new StreamReader(packed, Encoding.UTF8);
            while (lines.ReadLine() is { } line)
            {
                if (line.StartsWith(beginning, StringComparison.Ordinal))
                {
                    JsonDocument.Parse(line).Dispose();
                    return line;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return null;
        }

        return null;
    }

    private static string StretchOf(RequestId id) =>
        (id.Count >> StretchBits).ToString("x9", CultureInfo.InvariantCulture);

    private static TableEntity Row(string process, string key, string lines, DateTimeOffset now)
    {
        using var packed = new MemoryStream();
        using (var compressed = new GZipStream(packed, CompressionLevel.Fastest))
        {
            compressed.Write(Encoding.UTF8.GetBytes(lines));
        }

        TableEntity row = PackedRows.Of(process, packed.ToArray()).Single();
        (row.RowKey, row[WrittenColumn]) = (key, now);
        return row;
    }

    private static IEnumerable<string> Parts(IEnumerable<StoredReceipt> receipts)
    {
        var lines = new StringBuilder();
        foreach (StoredReceipt receipt in receipts)
        {
            if (lines.Length > 0 && lines.Length + receipt.Json.Length > LongestRow)
            {
                yield return lines.ToString();
                lines.Clear();
            }

            lines.Append(receipt.Json).Append('\n');
        }

        yield return lines.ToString();
    }
}
