using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Usage;

/// <summary>
/// Reads some days of every key, and none of the others: partitions are sorted by key and then by day, so it goes from
/// key to key by asking for the first partition after the last key's. A filter on a day would read the whole table,
/// which grows with every hour.
/// </summary>
/// <param name="columns">Only these; null for all.</param>
internal sealed class UsageWalk(TableHandle table, UsageDays days, string[]? columns = null)
{
    private const int WalksAtOnce = 8;

    /// <summary>Behind every day of a key, and before every other key: days begin with digits.</summary>
    private const string AfterDays = "~";

    /// <summary>Ids are hexadecimal digits, which these cut into equal shares; others fall into the ends.</summary>
    private static readonly string[] Starts = ["", .. "0123456789abcdef".Select(digit => $"{digit}"), "g"];

    public async IAsyncEnumerable<TableEntity> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<TableEntity> rows = Channel.CreateBounded<TableEntity>(TableHandle.MaxPageSize);
        Task walking = WalkAsync(rows.Writer, left.Token);
        try
        {
            await foreach (TableEntity row in rows.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return row;
            }
        }
        finally
        {
            await left.CancelAsync().ConfigureAwait(false);
            await walking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A failure reaches the reader through the channel.</summary>
    private async Task WalkAsync(ChannelWriter<TableEntity> rows, CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(
                Starts.Zip(Starts.Skip(1).Append(null)),
                new ParallelOptions { MaxDegreeOfParallelism = WalksAtOnce, CancellationToken = cancellationToken },
                (range, stop) => WalkAsync(range.First, range.Second, rows, stop)).ConfigureAwait(false);
            rows.Complete();
        }
        catch (Exception e)
        {
            rows.Complete(e);
        }
    }

    private async ValueTask WalkAsync(
        string start,
        string? end,
        ChannelWriter<TableEntity> rows,
        CancellationToken cancellationToken)
    {
        string after = start;
        while (await NextKeyAsync(after, end, cancellationToken).ConfigureAwait(false) is { } key)
        {
            await foreach (TableEntity row in table.QueryAsync(
                days.FilterOf(key), columns, TableHandle.MaxPageSize, cancellationToken).ConfigureAwait(false))
            {
                await rows.WriteAsync(row, cancellationToken).ConfigureAwait(false);
            }

            after = $"{key}{RowKey.Separator}{AfterDays}";
        }
    }

    /// <summary>The key of the first partition from there on, as partitions spell it; null behind the last.</summary>
    private async Task<string?> NextKeyAsync(string after, string? end, CancellationToken cancellationToken)
    {
        string filter = end is null
            ? TableClient.CreateQueryFilter($"PartitionKey ge {after}")
            : TableClient.CreateQueryFilter($"PartitionKey ge {after} and PartitionKey lt {end}");
        await foreach (TableEntity row in table.QueryAsync(
            filter, ["PartitionKey"], pageSize: 1, cancellationToken).ConfigureAwait(false))
        {
            // A partition that is not ours has no day; the next one is looked for behind it.
            int separator = row.PartitionKey.LastIndexOf(RowKey.Separator);
            return separator < 0 ? row.PartitionKey : row.PartitionKey[..separator];
        }

        return null;
    }
}
