using System.Globalization;
using Lightport.Bench.Limits.Scenarios;
using Lightport.Bench.Routing;
using Lightport.Bench.Routing.Clock;
using Lightport.Storage;

namespace Lightport.Bench.Limits.Fleet;

/// <summary>
/// A table as Azure's is: conditional writes, some milliseconds away, telling whole seconds of its time, throttling
/// what is more than a partition takes, now and then away, and with answers that are lost.
/// </summary>
internal sealed class SimulatedStore(FleetPlan plan, VirtualTime time, ulong seed)
{
    /// <seealso href="https://learn.microsoft.com/azure/storage/tables/scalability-targets"/>
    private const double RowsPerSecond = 2000;

    private static readonly TimeSpan Precision = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Way = TimeSpan.FromMilliseconds(4);

    private readonly Dictionary<(string Window, int Number), LimitRow> _rows = [];
    private readonly Chance _chance = new(seed, "store");
    private double _allowance = RowsPerSecond;
    private TimeSpan _filledAt;
    private long _writes;

    public int Throttled { get; private set; }

    public int Lost { get; private set; }

    public int Conflicts { get; private set; }

    public async ValueTask<LimitReading> ReadAsync(string window, Func<int, bool> isWanted)
    {
        await ArriveAsync();
        LimitRow[] rows = [.. _rows.Where(row => row.Key.Window == window && isWanted(row.Key.Number))
            .Select(row => row.Value)];
        DateTimeOffset now = time.GetUtcNow();
        var reading = new LimitReading(rows, now.AddTicks(-(now.Ticks % Precision.Ticks)), Precision);
        await GoAsync();
        return reading;
    }

    public async ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row)
    {
        await ArriveAsync();
        LimitRow? there = _rows.GetValueOrDefault((place.Window, row.Number));
        bool isSame = there?.Mark == row.Mark;
        if (isSame)
        {
            string mark = (++_writes).ToString(CultureInfo.InvariantCulture);
            _rows[(place.Window, row.Number)] = row with { Mark = mark };
        }
        else
        {
            Conflicts++;
        }

        await GoAsync();
        if (_chance.Next() < plan.LostAnswers)
        {
            Lost++;
            throw new StoreException(StoreFailure.Unavailable, "The answer was lost.");
        }

        return isSame;
    }

    private async ValueTask ArriveAsync()
    {
        await GoAsync();
        _allowance = Math.Min(
            RowsPerSecond, _allowance + ((time.Now - _filledAt).TotalSeconds * RowsPerSecond)) - 1;
        _filledAt = time.Now;
        if (_allowance < 0)
        {
            Throttled++;
            _allowance++;
            throw new StoreException(StoreFailure.Unavailable, "It is throttling.");
        }

        if (plan.Outages.Any(outage => time.Now >= outage.From && time.Now < outage.To))
        {
            throw new StoreException(StoreFailure.Unavailable, "It is away.");
        }
    }

    private Task GoAsync() => Task.Delay(_chance.LogNormal(Way, 0.5), time);
}
