using Lightport.Bench.Routing;
using Lightport.Bench.Routing.Clock;
using Lightport.Limits.Leases;
using Lightport.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Bench.Limits.Fleet;

/// <summary>One process of the fleet, with its ledger and its way to the store.</summary>
internal sealed class Instance : ILimitStore
{
    private readonly SimulatedStore _store;
    private readonly VirtualTime _time;
    private readonly InstanceTime _clock;
    private readonly Dictionary<long, int> _operations = [];

    public Instance(SimulatedStore store, VirtualTime time, Func<TimeSpan> skew, Chance chance)
    {
        (_store, _time) = (store, time);
        _clock = new InstanceTime(time, skew);
        Ledger = new LeaseLedger(this, _clock, chance.Next, NullLogger<LeaseLedger>.Instance);
    }

    public LeaseLedger Ledger { get; }

    /// <summary>Of the store's in each minute.</summary>
    public IReadOnlyDictionary<long, int> OperationsByMinute => _operations;

    public bool IsKilled => _clock.IsKilled;

    /// <summary>Nothing that it had under way goes on.</summary>
    public void Kill() => _clock.IsKilled = true;

    public async ValueTask<LimitReading> ReadAsync(
        LimitPlace place, int number, CancellationToken cancellationToken)
    {
        LimitReading reading = await RunAsync(() => _store.ReadAsync(place.Window, other => other == number));
        return reading.Rows.Count > 0 ? reading : reading with { Rows = [new LimitRow(number)] };
    }

    public ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken) =>
        RunAsync(() => _store.ReadAsync(place.Window, _ => true));

    public ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken) =>
        RunAsync(() => _store.WriteAsync(place, row));

    private async ValueTask<T> RunAsync<T>(Func<ValueTask<T>> ask)
    {
        long minute = (long)_time.Now.TotalMinutes;
        _operations[minute] = _operations.GetValueOrDefault(minute) + 1;
        try
        {
            return await ask();
        }
        finally
        {
            if (IsKilled)
            {
                await new TaskCompletionSource().Task;
            }
        }
    }
}
