using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Lightport.Azure.Tables;

namespace Lightport.Azure.Usage;

/// <summary>
/// Roughly how many instances there are. Each leaves a sign of life every minute in one of sixteen partitions of the
/// day, and counts those in its own: a thousand instances read a thousand rows a second, spread over all of them.
/// </summary>
internal sealed class InstanceCensus(TableServiceClient service, TimeProvider time)
{
    public const string Table = "LightportInstances";

    private const int Partitions = 16;
    private const string SeenColumn = "SeenAt";

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Alive = TimeSpan.FromMinutes(3);
    private static readonly string[] Keys = ["PartitionKey", "RowKey"];

    private readonly TableHandle _table = new(service, Table, time);
    private DateTimeOffset _countedAt;
    private int _count;

    /// <summary>Called by one writer, which never has two counts under way. At least one.</summary>
    public async ValueTask<int> CountAsync(string instance, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - _countedAt >= Period)
        {
            string partition = PartitionOf(instance, now);
            var sign = new TableEntity(partition, RowKey.Encode(instance)) { [SeenColumn] = now };
            await TableBatches.UpsertAsync(_table, [sign], cancellationToken).ConfigureAwait(false);
            int there = await CountAsync(partition, now - Alive, cancellationToken).ConfigureAwait(false);

            // A day begins with empty partitions; it takes a few minutes until everybody is there again.
            (_count, _countedAt) = (Math.Max(there, _count / 2), now);
        }

        return Math.Max(1, (_count - 1) * Partitions);
    }

    private static string PartitionOf(string instance, DateTimeOffset now)
    {
        int part = SHA256.HashData(Encoding.UTF8.GetBytes(instance))[0] % Partitions;
        return string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyy-MM-dd}|{part:x}");
    }

    private async Task<int> CountAsync(string partition, DateTimeOffset since, CancellationToken cancellationToken)
    {
        int count = 0;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and SeenAt ge {since}");
        await foreach (TableEntity _ in _table.QueryAsync(filter, Keys, TableHandle.MaxPageSize, cancellationToken)
            .ConfigureAwait(false))
        {
            count++;
        }

        return count;
    }
}
