using System.Globalization;
using Azure.Data.Tables;

namespace Lightport.Azure.Versions;

/// <summary>
/// Bytes in rows as large as they may be, <c>0000</c> and on: a partition gives out about 2,000 rows a second, whatever
/// their size, and a thousand instances read a version at once.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/storage/tables/scalability-targets"/>
internal static class PackedRows
{
    private const string Column = "Data";

    /// <summary>A little less than the 64 KiB that a column holds.</summary>
    private const int ColumnBytes = 64_000;

    /// <summary>A row of 1 MiB is counted in bytes by the service, and in base64 by its emulator.</summary>
    private const int ColumnsInARow = 10;

    public static IReadOnlyList<TableEntity> Of(string partition, byte[] bytes) =>
    [
        .. bytes.Chunk(ColumnBytes).Chunk(ColumnsInARow).Select((columns, index) =>
        {
            var row = new TableEntity(partition, Name(index));
            for (int i = 0; i < columns.Length; i++)
            {
                row[Column + Name(i)] = columns[i];
            }

            return row;
        }),
    ];

    /// <summary>What stands in the rows, to be held to a digest.</summary>
    /// <param name="rows">In their order.</param>
    public static byte[] Read(IEnumerable<TableEntity> rows)
    {
        using var bytes = new MemoryStream();
        foreach (TableEntity row in rows)
        {
            for (int i = 0; row.TryGetValue(Column + Name(i), out object? value) && value is byte[] part; i++)
            {
                bytes.Write(part);
            }
        }

        return bytes.ToArray();
    }

    private static string Name(int index) => index.ToString("D4", CultureInfo.InvariantCulture);
}
