using System.IO.Compression;
using Azure.Data.Tables;
using Lightport.Azure.Answers;
using Lightport.Azure.Tables;
using Lightport.Azure.Versions;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>
/// Answers in Table Storage: a partition each, of as many rows as it takes, and a last one that makes it an answer.
/// What has expired goes with its table.
/// </summary>
public sealed class TableResponseStore(
    TableServiceClient service, TimeProvider time, ILogger<TableResponseStore> logger) : IResponseStore
{
    /// <summary>What the tables' names begin with.</summary>
    public const string Tables = "LightportResponses";

    private readonly PeriodTables _tables = new(service, Tables, time, logger);

    public async ValueTask WriteAsync(StoredResponse response, CancellationToken cancellationToken)
    {
        TableHandle table = _tables.For(response.ExpiresAt);
        string partition = AnswerRow.Partition(response.Owner, response.Id);
        byte[] packed = PackedJson.Pack(
            response, AzureJsonContext.Default.StoredResponse, CompressionLevel.Fastest);
        IReadOnlyList<TableEntity> rows = PackedRows.Of(partition, packed);
        TableEntity answer = AnswerRow.Of(partition, packed, response.ExpiresAt);
        if (rows.Count == 1)
        {
            // Most are written in one call, whole or not at all.
            await TableBatches.UpsertAsync(table, [rows[0], answer], cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await TableBatches.UpsertAsync(table, rows, cancellationToken).ConfigureAwait(false);
            await TableBatches.UpsertAsync(table, [answer], cancellationToken).ConfigureAwait(false);
        }

        await _tables.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="StoreException">Or it is not what was written.</exception>
    public async ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        string partition = AnswerRow.Partition(owner, id);
        foreach (TableHandle table in _tables.Live())
        {
            List<TableEntity> rows = await RowsAsync(table, partition, columns: null, cancellationToken)
                .ConfigureAwait(false);
            if (rows is [.., { RowKey: AnswerRow.Key } answer])
            {
                return Lives(answer) ? Read(answer, PackedRows.Read(rows)) : null;
            }
        }

        return null;
    }

    /// <summary>First what makes it an answer; rows that are left by a failure go with their table.</summary>
    public async ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken)
    {
        string partition = AnswerRow.Partition(owner, id);
        foreach (TableHandle table in _tables.Live())
        {
            if (await table.FindAsync(partition, AnswerRow.Key, cancellationToken).ConfigureAwait(false) is { } answer)
            {
                await table.DeleteAsync(partition, AnswerRow.Key, cancellationToken).ConfigureAwait(false);
                List<TableEntity> rows = await RowsAsync(
                    table, partition, ["PartitionKey", "RowKey"], cancellationToken).ConfigureAwait(false);
                await TableBatches.DeleteAsync(table, rows, cancellationToken).ConfigureAwait(false);
                return Lives(answer);
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

    private static StoredResponse Read(TableEntity answer, byte[] packed) =>
        AnswerRow.IsOf(answer, packed)
        && PackedJson.Unpack(packed, AzureJsonContext.Default.StoredResponse) is { } found
            ? found
            : throw new StoreException(
                StoreFailure.Damaged,
                $"An answer in a table {Tables}… is not what was written, or was written by another release.");

    private bool Lives(TableEntity answer)
    {
        try
        {
            return AnswerRow.Lives(answer, time.GetUtcNow());
        }
        catch (FormatException e)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"A row of a table {Tables}… is damaged: {e.Message}. Remove it.");
        }
    }
}
