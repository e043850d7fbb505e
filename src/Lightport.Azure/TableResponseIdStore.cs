using Azure.Data.Tables;
using Lightport.Azure.Answers;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>Whose the ids are that providers gave, in Table Storage; what has expired goes with its table.</summary>
public sealed class TableResponseIdStore(
    TableServiceClient service, TimeProvider time, ILogger<TableResponseIdStore> logger) : IResponseIdStore
{
    /// <summary>What the tables' names begin with.</summary>
    public const string Tables = "LightportResponseIds";

    /// <summary>An answer has a handful of ids, and one that has hundreds waits a little longer.</summary>
    private const int AtOnce = 16;

    private readonly PeriodTables _tables =
        new(service, Tables, PeriodTables.Month, PeriodTables.LongestOfMonth, time, logger);

    /// <summary>An id that is there already stays: it is this owner's, who was told it twice.</summary>
    public async ValueTask AddAsync(IReadOnlyList<ResponseIdRecord> ids, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (record, stop) => await _tables.For(record.ExpiresAt)
                .InsertAsync(ResponseIdRow.Of(record), stop).ConfigureAwait(false)).ConfigureAwait(false);
        await _tables.SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ResponseIdRecord?> FindAsync(
        string owner, string id, CancellationToken cancellationToken)
    {
        (string partition, string key) = ResponseIdRow.Place(owner, id);
        foreach (TableHandle table in _tables.Live())
        {
            if (await table.FindAsync(partition, key, cancellationToken).ConfigureAwait(false) is { } row)
            {
                ResponseIdRecord found = Read(row, owner, id);
                return found.ExpiresAt > time.GetUtcNow() ? found : null;
            }
        }

        return null;
    }

    private static ResponseIdRecord Read(TableEntity row, string owner, string id)
    {
        try
        {
            return ResponseIdRow.Read(row, owner, id);
        }
        catch (FormatException e)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"A row of a table {Tables}… is damaged: {e.Message}. Remove it.");
        }
    }
}
