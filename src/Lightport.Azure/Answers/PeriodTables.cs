using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure.Answers;

/// <summary>
/// Tables for what lives up to 30 days: one for each 31 days in which it expires, so that two of them hold all that
/// lives, and what has expired goes with its table, in one call and without a look at any row.
/// </summary>
/// <param name="name">What the tables' names begin with; the number of the period follows.</param>
internal sealed class PeriodTables(TableServiceClient service, string name, TimeProvider time, ILogger logger)
{
    private const int Days = 31;

    private readonly ConcurrentDictionary<long, TableHandle> _tables = new();
    private readonly Lock _sweeping = new();
    private long _swept;

    /// <summary>The table of what expires then.</summary>
    public TableHandle For(DateTimeOffset expiresAt) => Of(Period(expiresAt));

    /// <summary>The tables of what lives, first that of what was kept last.</summary>
    public IEnumerable<TableHandle> Live()
    {
        long first = Period(time.GetUtcNow());
        yield return Of(first + 1);
        yield return Of(first);
    }

    /// <summary>Removes the tables whose time is over, once in a period. What cannot be removed goes later.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        long period = Period(time.GetUtcNow());
        lock (_sweeping)
        {
            if (_swept == period)
            {
                return;
            }

            _swept = period;
        }

        try
        {
            await TableList.DeleteAsync(service, time, IsOver, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            logger.AnswersLeft(e.Message);
        }

        bool IsOver(string table) =>
            table.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            && long.TryParse(table.AsSpan(name.Length), CultureInfo.InvariantCulture, out long number)
            && number < period;
    }

    private static long Period(DateTimeOffset moment) =>
        moment.ToUnixTimeSeconds() / (long)TimeSpan.FromDays(Days).TotalSeconds;

    private TableHandle Of(long period) => _tables.GetOrAdd(
        period,
        number => new TableHandle(service, name + number.ToString("D5", CultureInfo.InvariantCulture), time));
}
