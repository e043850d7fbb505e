using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Versions;

/// <summary>
/// Removes versions beyond the newest 100, and what writers left that were stopped half-way before them. Never the
/// one in force, and none of the last hour, in which somebody may still be writing or looking.
/// </summary>
internal sealed class VersionPruner(TableHandle table, TimeProvider time)
{
    private const int Kept = 100;

    /// <summary>A change adds one version and takes away two: it never waits long and yet catches up.</summary>
    private const int PartitionsAtOnce = 2;

    private const int MaxRowsAtOnce = 100;

    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);
    private static readonly string[] Keys = ["PartitionKey", "RowKey"];

    /// <param name="current">The version in force.</param>
    public async Task PruneAsync(string current, CancellationToken cancellationToken)
    {
        List<TableEntity> versions = await ListAsync(cancellationToken).ConfigureAwait(false);
        if (versions.Count <= Kept)
        {
            return;
        }

        string edge = VersionName.At(time.GetUtcNow() - Grace);
        string oldestKept = versions[^Kept].RowKey;
        edge = string.CompareOrdinal(oldestKept, edge) < 0 ? oldestKept : edge;

        // First what makes them versions: whoever reads one that is going finds none, not half of one.
        await TableBatches.DeleteAsync(
            table,
            versions.Where(row => string.CompareOrdinal(row.RowKey, edge) < 0 && row.RowKey != current)
                .Take(MaxRowsAtOnce),
            cancellationToken).ConfigureAwait(false);
        await RemoveRowsAsync(edge, current, cancellationToken).ConfigureAwait(false);
    }

    private async Task<List<TableEntity>> ListAsync(CancellationToken cancellationToken)
    {
        var versions = new List<TableEntity>();
        await foreach (TableEntity row in table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {VersionRow.Partition}"),
            Keys,
            TableHandle.MaxPageSize,
            cancellationToken).ConfigureAwait(false))
        {
            versions.Add(row);
        }

        return versions;
    }

    private async Task RemoveRowsAsync(string edge, string current, CancellationToken cancellationToken)
    {
        (string first, string end) = (VersionPartition.Prefix, VersionPartition.Of(edge));
        string inForce = VersionPartition.Of(current);
        var doomed = new List<TableEntity>();
        int partitions = 0;
        await foreach (TableEntity row in table.QueryAsync(
            TableClient.CreateQueryFilter(
                $"PartitionKey ge {first} and PartitionKey lt {end} and PartitionKey ne {inForce}"),
            Keys,
            TableHandle.MaxPageSize,
            cancellationToken).ConfigureAwait(false))
        {
            if (doomed.Count > 0 && doomed[^1].PartitionKey != row.PartitionKey && ++partitions == PartitionsAtOnce)
            {
                break;
            }

            doomed.Add(row);
        }

        foreach (IGrouping<string, TableEntity> partition in doomed.GroupBy(row => row.PartitionKey))
        {
            await TableBatches.DeleteAsync(table, partition, cancellationToken).ConfigureAwait(false);
        }
    }
}
