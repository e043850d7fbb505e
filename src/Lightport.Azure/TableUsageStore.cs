using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Azure.Usage;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>Usage in Table Storage: a partition for each key and day, in it rows of each instance.</summary>
/// <param name="kept">How long rows stay; what is older is removed within a day or so.</param>
public sealed class TableUsageStore(
    TableServiceClient service, TimeSpan kept, TimeProvider time, ILogger<TableUsageStore> logger) : IUsageStore
{
    public const string Table = "LightportUsage";

    /// <summary>Few enough not to be throttled, enough that a thousand keys take a second or so.</summary>
    private const int PartitionsAtOnce = 8;

    /// <summary>
    /// Of all instances together: half of what one partition takes, in case all of them serve one key, and a twentieth
    /// of what an account takes.
    /// </summary>
    /// <seealso href="https://learn.microsoft.com/azure/storage/tables/scalability-targets"/>
    private const int RowsASecond = 1000;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly TableHandle _table = new(service, Table, time);
    private readonly InstanceCensus _census = new(service, time);
    private UsagePruner? _pruner;

    /// <summary>Where one call fails the rest is left; all may be written again, since rows are replaced.</summary>
    public async ValueTask<TimeSpan> WriteAsync(IReadOnlyList<UsageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return TimeSpan.Zero;
        }

        int instances = await _census.CountAsync(rows[0].Instance, cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            rows.Select(UsageTableRow.Of).GroupBy(row => row.PartitionKey),
            new ParallelOptions { MaxDegreeOfParallelism = PartitionsAtOnce, CancellationToken = cancellationToken },
            async (partition, stop) => await TableBatches.UpsertAsync(_table, Latest(partition), stop)
                .ConfigureAwait(false)).ConfigureAwait(false);
        _pruner ??= new UsagePruner(service, _table, kept, time, logger);
        await _pruner.PruneAsync(cancellationToken).ConfigureAwait(false);
        var pause = TimeSpan.FromSeconds((double)instances * rows.Count / RowsASecond);
        return pause < LongestPause ? pause : LongestPause;
    }

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
