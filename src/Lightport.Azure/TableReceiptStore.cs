using Azure.Data.Tables;
using Lightport.Azure.Answers;
using Lightport.Azure.Receipts;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>
/// Receipts in Table Storage, hundreds of them packed into a row: a partition for each process, rows in the order of
/// its requests. What has expired goes with its table.
/// </summary>
/// <param name="kept">At most 30 days, which two tables hold.</param>
public sealed class TableReceiptStore(
    TableServiceClient service, TimeSpan kept, TimeProvider time, ILogger<TableReceiptStore> logger) : IReceiptStore
{
    /// <summary>What the tables' names begin with.</summary>
    public const string Tables = "LightportReceipts";

    private readonly PeriodTables _tables =
        new(service, Tables, PeriodTables.Month, PeriodTables.LongestOfMonth, time, logger);

    public async ValueTask WriteAsync(IReadOnlyList<StoredReceipt> receipts, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        TableHandle table = _tables.For(now + kept);
        foreach (IGrouping<string, StoredReceipt> process in receipts.GroupBy(receipt => receipt.Id.Process))
        {
            await TableBatches.UpsertAsync(table, ReceiptRows.Of(process.Key, process, now), cancellationToken)
                .ConfigureAwait(false);
        }

        await _tables.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<StoredReceipt?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        foreach (TableHandle table in _tables.Live())
        {
            await foreach (TableEntity row in table.QueryAsync(
                ReceiptRows.FilterOf(id), columns: null, TableHandle.MaxPageSize, cancellationToken)
                .ConfigureAwait(false))
            {
                if (ReceiptRows.WrittenAt(row) > time.GetUtcNow() - kept && ReceiptRows.Find(row, id) is { } json)
                {
                    return new StoredReceipt(id, json);
                }
            }
        }

        return null;
    }
}
