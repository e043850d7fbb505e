using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace Lightport.Azure.Tables;

/// <summary>What the stores do with one table. A failure is a <see cref="Storage.StoreException"/>.</summary>
internal sealed class TableHandle(TableServiceClient service, string table, TimeProvider time)
{
    /// <summary>Of one page, as the service has it.</summary>
    public const int MaxPageSize = 1000;

    private const string WriteColumn = "Write";

    private readonly TableCalls _calls = new(service, table, time);

    /// <summary>Null where there is no such row.</summary>
    public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken cancellationToken) =>
        _calls.RunAsync((client, stop) => FindAsync(client, partition, row, stop), cancellationToken);

    /// <summary>Null where there is no such row; and what the service said of its time, in whole seconds.</summary>
    public Task<(TableEntity? Row, DateTimeOffset? At)> FindWithTimeAsync(
        string partition, string row, CancellationToken cancellationToken) =>
        _calls.RunAsync((client, stop) => FindWithTimeAsync(client, partition, row, stop), cancellationToken);

    /// <summary>False where the row is there already.</summary>
    public Task<bool> InsertAsync(TableEntity row, CancellationToken cancellationToken) =>
        WriteAsync(row, (client, stop) => client.AddEntityAsync(row, stop), cancellationToken);

    /// <summary>Both rows, of one partition, or none of them; false where the first is there already.</summary>
    /// <param name="beside">Is put over what is there.</param>
    public Task<bool> InsertAsync(
        TableEntity row, TableEntity beside, CancellationToken cancellationToken) => WriteAsync(
        row,
        (client, stop) => client.SubmitTransactionAsync(
            [new(TableTransactionActionType.Add, row), new(TableTransactionActionType.UpsertReplace, beside)], stop),
        cancellationToken);

    /// <summary>False where the row was changed since it was read with that tag, or is gone.</summary>
    public Task<bool> ReplaceAsync(TableEntity row, string tag, CancellationToken cancellationToken) => WriteAsync(
        row,
        (client, stop) => client.UpdateEntityAsync(row, new ETag(tag), TableUpdateMode.Replace, stop),
        cancellationToken);

    /// <summary>Removes a row, whether it is there or not.</summary>
    public Task DeleteAsync(string partition, string row, CancellationToken cancellationToken) => _calls.RunAsync(
        (client, stop) => client.DeleteEntityAsync(partition, row, ETag.All, stop), cancellationToken);

    /// <summary>All of the actions or none; at most 100, all of one partition.</summary>
    public Task SubmitAsync(IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken) =>
        _calls.RunAsync((client, stop) => SubmitAsync(client, actions, stop), cancellationToken);

    /// <summary>In the order of partitions and rows. Each page has its own limit of time.</summary>
    /// <param name="filter">As <see cref="TableClient.CreateQueryFilter(FormattableString)"/> makes it.</param>
    /// <param name="columns">Only these; null for all.</param>
    public async IAsyncEnumerable<TableEntity> QueryAsync(
        string filter,
        string[]? columns,
        int pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            string? from = next;
            Page<TableEntity> page = await _calls.RunAsync(
                (client, stop) => FirstAsync(
                    client.QueryAsync<TableEntity>(filter, pageSize, columns, stop).AsPages(from), stop),
                cancellationToken).ConfigureAwait(false);
            foreach (TableEntity row in page.Values)
            {
                yield return row;
            }

            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    /// <summary>
    /// All rows of a filter that few are of, and what the service said of its time when it was asked.
    /// </summary>
    public async Task<(IReadOnlyList<TableEntity> Rows, DateTimeOffset? At)> QueryWithTimeAsync(
        string filter, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>();
        DateTimeOffset? at = null;
        string? next = null;
        do
        {
            string? from = next;
            Page<TableEntity> page = await _calls.RunAsync(
                (client, stop) => FirstAsync(
                    client.QueryAsync<TableEntity>(filter, cancellationToken: stop).AsPages(from), stop),
                cancellationToken).ConfigureAwait(false);
            rows.AddRange(page.Values);
            at ??= page.GetRawResponse().Headers.Date;
            next = page.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
        return (rows, at);
    }

    private static async Task<bool> SubmitAsync(
        TableClient client,
        IReadOnlyList<TableTransactionAction> actions,
        CancellationToken cancellationToken)
    {
        try
        {
            await client.SubmitTransactionAsync(actions, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException e) when (e.Is(TableErrorCode.ResourceNotFound)
            && actions.All(action => action.ActionType == TableTransactionActionType.Delete))
        {
            // Another instance is removing the same rows.
            return false;
        }
    }

    private static async Task<Page<TableEntity>> FirstAsync(
        IAsyncEnumerable<Page<TableEntity>> pages,
        CancellationToken cancellationToken)
    {
        await foreach (Page<TableEntity> page in pages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            return page;
        }

        throw new InvalidOperationException("A query has at least one page.");
    }

    private static async Task<TableEntity?> FindAsync(
        TableClient client,
        string partition,
        string row,
        CancellationToken cancellationToken) =>
        (await FindWithTimeAsync(client, partition, row, cancellationToken).ConfigureAwait(false)).Row;

    private static async Task<(TableEntity? Row, DateTimeOffset? At)> FindWithTimeAsync(
        TableClient client,
        string partition,
        string row,
        CancellationToken cancellationToken)
    {
        try
        {
            Response<TableEntity> found = await client
                .GetEntityAsync<TableEntity>(partition, row, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return (found.Value, found.GetRawResponse().Headers.Date);
        }
        catch (RequestFailedException e) when (e.Is(TableErrorCode.ResourceNotFound))
        {
            return (null, e.GetRawResponse()?.Headers.Date);
        }
    }

    private Task<bool> WriteAsync(
        TableEntity row,
        Func<TableClient, CancellationToken, Task> write,
        CancellationToken cancellationToken)
    {
        string mark = RandomNumberGenerator.GetHexString(16, lowercase: true);
        row[WriteColumn] = mark;
        return _calls.RunAsync(
            async (client, stop) =>
            {
                try
                {
                    await write(client, stop).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException e) when (IsRefusal(e))
                {
                    // A write whose answer was lost is tried again, and then refused because of itself.
                    TableEntity? there = await FindAsync(client, row.PartitionKey, row.RowKey, stop)
                        .ConfigureAwait(false);
                    return there is not null && there.TryGetValue(WriteColumn, out object? found) && mark.Equals(found);
                }
            },
            cancellationToken);
    }

    private static bool IsRefusal(RequestFailedException e) =>
        e.Status == 412 || e.Is(TableErrorCode.EntityAlreadyExists)
        || e.Is(TableErrorCode.ResourceNotFound);
}
