using Azure.Data.Tables;

namespace Lightport.Azure.Tables;

/// <summary>Many rows of one partition in as few calls as the service allows.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions"/>
internal static class TableBatches
{
    private const int MaxRows = 100;

    /// <summary>A partition takes about 2,000 rows a second; more calls at once would only be throttled.</summary>
    private const int AtOnce = 4;

    /// <summary>The service takes 4 MiB; the rest is for what stands around the rows.</summary>
    private const int MaxBytes = 3 << 20;

    /// <summary>A row without its texts: headers, names, numbers, and its keys once more in an address.</summary>
    private const int RowBytes = 2 << 10;

    /// <summary>A character that the client's JSON escapes.</summary>
    private const int EscapedBytes = 6;

    /// <summary>Puts rows where they belong, over what is there; all of one partition.</summary>
    public static Task UpsertAsync(
        TableHandle table,
        IEnumerable<TableEntity> rows,
        CancellationToken cancellationToken) =>
        SubmitAsync(table, TableTransactionActionType.UpsertReplace, rows, cancellationToken);

    /// <summary>Removes rows of one partition; where another removes them too, some are left to it.</summary>
    public static Task DeleteAsync(
        TableHandle table,
        IEnumerable<TableEntity> rows,
        CancellationToken cancellationToken) =>
        SubmitAsync(table, TableTransactionActionType.Delete, rows, cancellationToken);

    private static Task SubmitAsync(
        TableHandle table,
        TableTransactionActionType action,
        IEnumerable<TableEntity> rows,
        CancellationToken cancellationToken) => Parallel.ForEachAsync(
            Cut(rows.Select(row => new TableTransactionAction(action, row))),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (batch, stop) => await table.SubmitAsync(batch, stop).ConfigureAwait(false));

    private static IEnumerable<List<TableTransactionAction>> Cut(IEnumerable<TableTransactionAction> actions)
    {
        var batch = new List<TableTransactionAction>(MaxRows);
        int bytes = 0;
        foreach (TableTransactionAction action in actions)
        {
            int more = Bytes((TableEntity)action.Entity);
            if (batch.Count > 0 && (batch.Count == MaxRows || bytes + more > MaxBytes))
            {
                yield return batch;
                batch = new List<TableTransactionAction>(MaxRows);
                bytes = 0;
            }

            batch.Add(action);
            bytes += more;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static int Bytes(TableEntity row) =>
        RowBytes
        + row.Select(column => column.Value).OfType<string>().Sum(text => text.Sum(Bytes))
        + row.Select(column => column.Value).OfType<byte[]>().Sum(bytes => bytes.Length / 3 * 4);

    private static int Bytes(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is ' ' or '.' or ',' or ':' or '-' or '/' or '_' or '{' or '}'
            ? 1
            : EscapedBytes;
}
