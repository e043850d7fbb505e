using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Azure.Usage;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>Usage in Table Storage: a partition for each key and day, in it rows of each instance.</summary>
public sealed class TableUsageStore(TableServiceClient service, TimeProvider time, ILogger<TableUsageStore> logger)
    : IUsageStore
{
    public const string Table = "LightportUsage";

    /// <summary>Few enough not to be throttled, enough that a thousand keys take a second or so.</summary>
    private const int PartitionsAtOnce = 8;

    private readonly TableHandle _table = new(service, Table, time);

    /// <summary>Where one call fails the rest is left; all may be written again, since rows are replaced.</summary>
    public async ValueTask WriteAsync(IReadOnlyList<UsageRow> rows, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(
            rows.Select(UsageTableRow.Of).GroupBy(row => row.PartitionKey),
            new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce, CancellationToken = cancellationToken },
            async (partition, stop) => await TableBatches.UpsertAsync(_table, Latest(partition), stop)
                .ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Rows that cannot be read are logged and left out.</summary>
    public async IAsyncEnumerable<UsageRow> ReadAsync(
        UsageQuery query,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TableEntity row in RowsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (TryRead(row) is { } usage)
            {
                yield return usage;
            }
        }
    }

    /// <summary>A batch may name a row once.</summary>
    private static IEnumerable<TableEntity> Latest(IEnumerable<TableEntity> rows) =>
        rows.GroupBy(row => row.RowKey).Select(same => same.Last());

    private IAsyncEnumerable<TableEntity> RowsAsync(UsageQuery query, CancellationToken cancellationToken)
    {
        var days = new UsageDays(query.From, query.To);
        return query.KeyId is { } key
            ? _table.QueryAsync(
                days.FilterOf(UsageTableRow.Key(key)), columns: null, TableHandle.MaxPageSize, cancellationToken)
            : new UsageWalk(_table, days).ReadAsync(cancellationToken);
    }

    private UsageRow? TryRead(TableEntity row)
    {
        try
        {
            return UsageTableRow.Read(row);
        }
        catch (FormatException e)
        {
            logger.UsageLeftOut(row.PartitionKey, e.Message);
            return null;
        }
    }
}
