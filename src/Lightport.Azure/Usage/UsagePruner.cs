using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure.Usage;

/// <summary>
/// Removes usage that is older than is kept: once a day, by the one instance that is first to write that it does, and
/// a thousand rows with each writing, so that nobody is held up.
/// </summary>
internal sealed class UsagePruner(
    TableServiceClient service, TableHandle usage, TimeSpan kept, TimeProvider time, ILogger logger)
{
    private const string Partition = "pruned";
    private const int RowsAtOnce = 1000;
    private static readonly string[] Keys = ["PartitionKey", "RowKey"];

    private readonly TableHandle _claims = new(service, InstanceCensus.Table, time);
    private DateOnly _seen;
    private bool _isMine;

    /// <summary>Called by one writer, which never has two of these under way; a failure is told, and waits a day.
    /// </summary>
    public async ValueTask PruneAsync(CancellationToken cancellationToken)
    {
        DateTime now = time.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        try
        {
            if (_seen != today)
            {
                (_seen, _isMine) = (today, false);
                string day = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                _isMine = await _claims.InsertAsync(new TableEntity(Partition, day), cancellationToken)
                    .ConfigureAwait(false);
            }

            if (_isMine)
            {
                DateOnly last = DateOnly.FromDateTime(now - kept).AddDays(-1);
                _isMine = await RemoveAsync(new UsageDays(DateOnly.MinValue, last), cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (StoreException e)
        {
            _isMine = false;
            logger.UsageLeft(e.Message);
        }
    }

    /// <returns>Whether there may be more.</returns>
    private async Task<bool> RemoveAsync(UsageDays days, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>(RowsAtOnce);
        await foreach (TableEntity row in new UsageWalk(usage, days, Keys).ReadAsync(cancellationToken)
            .ConfigureAwait(false))
        {
            rows.Add(row);
            if (rows.Count == RowsAtOnce)
            {
                break;
            }
        }

        foreach (IGrouping<string, TableEntity> partition in rows.GroupBy(row => row.PartitionKey))
        {
            await TableBatches.DeleteAsync(usage, partition, cancellationToken).ConfigureAwait(false);
        }

        return rows.Count == RowsAtOnce;
    }
}
