using Azure.Data.Tables;
using Lightport.Azure.Limits;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>
/// What was taken of limits, in Table Storage. Writes are conditional, and the time is the service's own: it tells
/// whole seconds, in the header <c>Date</c>.
/// </summary>
public sealed class TableLimitStore(TableServiceClient service, TimeProvider time, ILogger<TableLimitStore> logger)
    : ILimitStore
{
    public const string Table = "LightportLimits";

    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);

    /// <summary>How long rows stay whose window is over, for instances that do not know it yet.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private static readonly string[] Keys = ["PartitionKey", "RowKey"];

    private readonly TableHandle _table = new(service, Table, time);

    public async ValueTask<LimitReading> ReadAsync(
        LimitPlace place, int number, CancellationToken cancellationToken)
    {
        (TableEntity? row, DateTimeOffset? at) = await _table.FindWithTimeAsync(
            LimitTableRow.Partition(place), LimitTableRow.Key(place, number), cancellationToken).ConfigureAwait(false);
        return Reading([row is null ? new LimitRow(number) : Read(row)], at);
    }

    public async ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        (IReadOnlyList<TableEntity> rows, DateTimeOffset? at) = await _table.QueryWithTimeAsync(
            LimitTableRow.FilterOf(place), cancellationToken).ConfigureAwait(false);
        return Reading([.. rows.Select(Read)], at);
    }

    public async ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken)
    {
        TableEntity entity = LimitTableRow.Of(place, row);
        if (row.Mark is { } mark)
        {
            return await _table.ReplaceAsync(entity, mark, cancellationToken).ConfigureAwait(false);
        }

        bool isNew = await _table.InsertAsync(entity, cancellationToken).ConfigureAwait(false);

        // Each tenth window tidies up after those before it: seldom enough to be no load, and an idle key keeps little.
        if (isNew && place.EndsAt is not null && row.Number == 0 && place.Window.EndsWith('0'))
        {
            await SweepAsync(place, cancellationToken).ConfigureAwait(false);
        }

        return isNew;
    }

    private async Task SweepAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        string partition = LimitTableRow.Partition(place);
        DateTimeOffset before = time.GetUtcNow() - Kept;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and EndsAt lt {before}");
        try
        {
            var over = new List<TableEntity>();
            await foreach (TableEntity row in _table
                .QueryAsync(filter, Keys, TableHandle.MaxPageSize, cancellationToken).ConfigureAwait(false))
            {
                over.Add(row);
            }

            await TableBatches.DeleteAsync(_table, over, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            logger.LimitsLeft(e.Message);
        }
    }

    private LimitReading Reading(IReadOnlyList<LimitRow> rows, DateTimeOffset? at) =>
        new(rows, at ?? time.GetUtcNow(), Precision);

    private static LimitRow Read(TableEntity row)
    {
        try
        {
            return LimitTableRow.Read(row);
        }
        catch (FormatException e)
        {
            throw new StoreException(
                StoreFailure.Damaged,
                $"The row {row.RowKey} in the partition {row.PartitionKey} of the table {Table} is damaged: "
                + $"{e.Message}. Mend it; without it, what was taken of its limit counts as nothing.");
        }
    }
}
