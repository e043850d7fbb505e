using System.IO.Compression;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Azure.Versions;
using Lightport.Storage;

namespace Lightport.Azure.Answers;

/// <summary>
/// What an owner has, in Table Storage: a partition each, of as many rows as it takes, and a last one that makes it
/// whole. What has expired goes with its table.
/// </summary>
internal sealed class PackedTables<T>(PeriodTables tables, JsonTypeInfo<T> type, TimeProvider time)
    where T : class
{
    /// <exception cref="StoreException">The tables cannot be reached.</exception>
    public async ValueTask WriteAsync(
        string owner, string id, T value, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        TableHandle table = tables.For(expiresAt);
        string partition = AnswerRow.Partition(owner, id);
        byte[] packed = PackedJson.Pack(value, type, CompressionLevel.Fastest);
        IReadOnlyList<TableEntity> rows = PackedRows.Of(partition, packed);
        TableEntity last = AnswerRow.Of(partition, packed, expiresAt);
        if (rows.Count == 1)
        {
            // Most are written in one call, whole or not at all.
            await TableBatches.UpsertAsync(table, [rows[0], last], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await TableBatches.UpsertAsync(table, rows, cancellationToken).ConfigureAwait(false);
            await TableBatches.UpsertAsync(table, [last], cancellationToken).ConfigureAwait(false);
        }

        await tables.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <param name="value">What fits one row.</param>
    /// <returns>False where there is one.</returns>
    /// <exception cref="StoreException">The tables cannot be reached.</exception>
    public async ValueTask<bool> TryAddAsync(
        string owner, string id, T value, DateTimeOffset expiresAt, CancellationToken cancellationToken)
    {
        if (await FindAsync(owner, id, cancellationToken).ConfigureAwait(false) is not null)
        {
            return false;
        }

        TableHandle table = tables.For(expiresAt);
        string partition = AnswerRow.Partition(owner, id);
        byte[] packed = PackedJson.Pack(value, type, CompressionLevel.Fastest);

        // Who makes the first row has it, and the last one makes it whole: in one call, as nobody could tell one that
        // is about to be from one whose maker has died.
        if (PackedRows.Of(partition, packed) is not [var row]
            || !await table
                .InsertAsync(row, AnswerRow.Of(partition, packed, expiresAt), cancellationToken)
                .ConfigureAwait(false))
        {
            return false;
        }

        await tables.SweepAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <exception cref="StoreException">The tables cannot be reached, or it is not what was written.</exception>
    public async ValueTask<T?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        string partition = AnswerRow.Partition(owner, id);
        foreach (TableHandle table in tables.Live())
        {
            List<TableEntity> rows = await RowsAsync(table, partition, columns: null, cancellationToken)
                .ConfigureAwait(false);
            if (rows is [.., { RowKey: AnswerRow.Key } last])
            {
                return Lives(last) ? Read(last, PackedRows.Read(rows)) : null;
            }
        }

        return null;
    }

    /// <summary>First what makes it whole; rows that are left by a failure go with their table.</summary>
    /// <exception cref="StoreException">The tables cannot be reached.</exception>
    public async ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken)
    {
        string partition = AnswerRow.Partition(owner, id);
        foreach (TableHandle table in tables.Live())
        {
            if (await table.FindAsync(partition, AnswerRow.Key, cancellationToken).ConfigureAwait(false) is { } last)
            {
                await table.DeleteAsync(partition, AnswerRow.Key, cancellationToken).ConfigureAwait(false);
                List<TableEntity> rows = await RowsAsync(
                    table, partition, ["PartitionKey", "RowKey"], cancellationToken).ConfigureAwait(false);
                await TableBatches.DeleteAsync(table, rows, cancellationToken).ConfigureAwait(false);
                return Lives(last);
            }
        }

        return false;
    }

    private static async Task<List<TableEntity>> RowsAsync(
        TableHandle table, string partition, string[]? columns, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        await foreach (TableEntity row in table.QueryAsync(
            TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
            columns,
            TableHandle.MaxPageSize,
            cancellationToken).ConfigureAwait(false))
        {
            rows.Add(row);
        }

        return rows;
    }

    private T Read(TableEntity last, byte[] packed) =>
        AnswerRow.IsOf(last, packed) && PackedJson.Unpack(packed, type) is { } found
            ? found
            : throw new StoreException(
                StoreFailure.Damaged,
                $"What stands in a table {tables.Name}… is not what was written, or was written by another release.");

    private bool Lives(TableEntity last)
    {
        try
        {
            return AnswerRow.Lives(last, time.GetUtcNow());
        }
        catch (FormatException e)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"A row of a table {tables.Name}… is damaged: {e.Message}. Remove it.");
        }
    }
}
