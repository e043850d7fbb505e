using Azure.Data.Tables;
using Lightport.Azure.Keys;
using Lightport.Azure.Tables;
using Lightport.Azure.Versions;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>Client keys in Table Storage, spread over 256 partitions by their hash.</summary>
public sealed class TableClientKeyStore(
    TableServiceClient service,
    TimeProvider time,
    ILogger<TableClientKeyStore> logger) : IClientKeyStore
{
    public const string Table = "LightportKeys";

    private const int HashLength = 64;

    /// <summary>Sorts behind every hexadecimal digit, and so ends the range of hashes that begin with an id.</summary>
    private const string BehindDigits = "g";

    private readonly TableHandle _table = new(service, Table, time);
    private readonly TableHandle _configuration = new(service, TableConfigurationVersions.Table, time);
    private readonly SetUpMarks _marks = new(service, time);

    /// <exception cref="StoreException">
    /// Or its row is damaged, and admits no one until it is mended; or the table is gone, and nobody knows.
    /// </exception>
    public async ValueTask<ClientKeyRecord?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        if (!IsHex(hash, HashLength))
        {
            return null;
        }

        TableEntity? row = await _table.FindAsync(ClientKeyRow.Partition(hash), hash, cancellationToken)
            .ConfigureAwait(false);
        if (row is null)
        {
            await RequireTableAsync(cancellationToken).ConfigureAwait(false);
        }

        return row is null ? null : Read(row);
    }

    /// <exception cref="StoreException">Or its row is damaged.</exception>
    public async ValueTask<ClientKeyRecord?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken).ConfigureAwait(false) is { } row ? Read(row) : null;

    /// <summary>Rows that cannot be read are logged and left out.</summary>
    /// <param name="after">An id, or any text that stands where the page before ended.</param>
    public async ValueTask<ClientKeyPage> ListAsync(int limit, string? after, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var keys = new List<ClientKeyRecord>();
        foreach (string filter in Filters(after))
        {
            int pageSize = Math.Min(limit - keys.Count + 1, TableHandle.MaxPageSize);
            await foreach (TableEntity row in _table.QueryAsync(filter, columns: null, pageSize, cancellationToken)
                .ConfigureAwait(false))
            {
                if (!IsHex(row.RowKey, HashLength) || TryRead(row) is not { } key)
                {
                    continue;
                }

                if (keys.Count == limit)
                {
                    return new ClientKeyPage(keys, keys[^1].Id);
                }

                keys.Add(key);
            }
        }

        return new ClientKeyPage(keys, null);
    }

    public async ValueTask AddAsync(ClientKeyRecord key, CancellationToken cancellationToken)
    {
        RequireHash(key);
        await _marks.SetKeysAsync(cancellationToken).ConfigureAwait(false);
        if (await FindRowAsync(key.Id, cancellationToken).ConfigureAwait(false) is not null
            || !await _table.InsertAsync(ClientKeyRow.Of(key), cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(StoreFailure.Conflict, $"The key {key.Id} is there already.");
        }
    }

    public async ValueTask UpdateAsync(ClientKeyRecord key, CancellationToken cancellationToken)
    {
        RequireHash(key);
        string tag = key.ETag ?? throw new ArgumentException("A key is changed as it was read.", nameof(key));
        if (!await _table.ReplaceAsync(ClientKeyRow.Of(key), tag, cancellationToken).ConfigureAwait(false))
        {
            throw new StoreException(
                StoreFailure.Conflict, $"The key {key.Id} was changed or removed in between. Look at it again.");
        }
    }

    public async ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindRowAsync(id, cancellationToken).ConfigureAwait(false) is not { } row)
        {
            return false;
        }

        await _table.DeleteAsync(row.PartitionKey, row.RowKey, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Where a configuration is in force there was a table of keys; without its mark it is another one, and a key that
    /// is not in it may still be good.
    /// </summary>
    private async Task RequireTableAsync(CancellationToken cancellationToken)
    {
        if (!await _marks.HasKeysAsync(cancellationToken).ConfigureAwait(false)
            && await _configuration.FindAsync(PointerRow.Partition, PointerRow.Row, cancellationToken)
                .ConfigureAwait(false) is not null)
        {
            throw new StoreException(
                StoreFailure.Unavailable,
                $"The table {Table} is gone, and with it the client keys. Restore it, or create keys anew.");
        }
    }

    /// <summary>The rest of one partition, then all behind it: two ranges, which take no scan.</summary>
    private static string[] Filters(string? after)
    {
        if (string.IsNullOrEmpty(after))
        {
            return [""];
        }

        string start = after[..Math.Min(after.Length, HashLength)] + BehindDigits;
        string partition = ClientKeyRow.Partition(start);
        return
        [
            TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {start}"),
            TableClient.CreateQueryFilter($"PartitionKey gt {partition}"),
        ];
    }

    private async Task<TableEntity?> FindRowAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsHex(id, ClientKeyRecord.IdLength))
        {
            return null;
        }

        (string partition, string end) = (ClientKeyRow.Partition(id), id + BehindDigits);
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {partition} and RowKey ge {id} and RowKey lt {end}");
        await foreach (TableEntity row in _table.QueryAsync(filter, columns: null, pageSize: 1, cancellationToken)
            .ConfigureAwait(false))
        {
            return row;
        }

        return null;
    }

    private static ClientKeyRecord Read(TableEntity row)
    {
        try
        {
            return ClientKeyRow.Read(row);
        }
        catch (FormatException e)
        {
            throw new StoreException(
                StoreFailure.Damaged,
                $"The row of the key {Id(row)} in {Table} is damaged: {e.Message}. Mend or remove it.");
        }
    }

    private ClientKeyRecord? TryRead(TableEntity row)
    {
        try
        {
            return ClientKeyRow.Read(row);
        }
        catch (FormatException e)
        {
            logger.KeyLeftOut(Id(row), e.Message);
            return null;
        }
    }

    private static string Id(TableEntity row) => row.RowKey[..ClientKeyRecord.IdLength];

    private static void RequireHash(ClientKeyRecord key)
    {
        if (!IsHex(key.Hash, HashLength))
        {
            throw new ArgumentException("A hash is 64 lower-case hexadecimal digits.", nameof(key));
        }
    }

    private static bool IsHex(string text, int length) =>
        text.Length == length && text.All(char.IsAsciiHexDigitLower);
}
