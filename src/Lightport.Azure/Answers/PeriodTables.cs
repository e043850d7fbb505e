using System.Collections.Concurrent;
using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure.Answers;

/// <summary>
/// Tables for what lives less than a period: one for each period in which it expires, so that two of them hold all that
/// lives, and what has expired goes with its table, in one call and without a look at any row.
/// </summary>
/// <param name="name">What the tables' names begin with; the number of the period follows.</param>
/// <param name="days">How long a period is; never another for the same name.</param>
/// <param name="longest">How long at most anything lives: mostly it is all in one table, which is then the only one
/// that is asked.</param>
internal sealed class PeriodTables(
    TableServiceClient service, string name, int days, TimeSpan longest, TimeProvider time, ILogger logger)
{
    /// <summary>For what lives up to 30 days.</summary>
    public const int Month = 31;

    /// <summary>For what lives up to 7 days.</summary>
    public const int Week = 8;

    public static readonly TimeSpan LongestOfMonth = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<long, TableHandle> _tables = new();
    private readonly Lock _sweeping = new();
    private long _swept;

    public string Name => name;

    /// <summary>The table of what expires then.</summary>
    public TableHandle For(DateTimeOffset expiresAt) => Of(Period(expiresAt));

    /// <summary>The tables of what lives, first that of what was kept last.</summary>
    public IEnumerable<TableHandle> Live()
    {
        DateTimeOffset now = time.GetUtcNow();
        for (long period = Period(now + longest); period >= Period(now); period--)
        {
            yield return Of(period);
        }
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

    private long Period(DateTimeOffset moment) =>
        moment.ToUnixTimeSeconds() / (long)TimeSpan.FromDays(days).TotalSeconds;

    private TableHandle Of(long period) => _tables.GetOrAdd(
        period,
        number => new TableHandle(service, name + number.ToString("D5", CultureInfo.InvariantCulture), time));
}
