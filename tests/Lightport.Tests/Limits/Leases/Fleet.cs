using Lightport.Limits;
using Lightport.Limits.Leases;
using Lightport.Storage;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Tests.Limits.Leases;

/// <summary>Instances that share one store, in time that passes by hand.</summary>
internal sealed class Fleet
{
    public Fleet() => Store = new ScriptedLimitStore(Clock);

    public ManualTimeProvider Clock { get; } = new();

    public ScriptedLimitStore Store { get; }

    public static LimitCounter Counter(
        long most,
        LimitPeriod period = LimitPeriod.Minute,
        LimitMeasure measure = LimitMeasure.Requests) => new("free-tier", "key:1f2e", measure, period, most);

    public LeaseLedger Start() => new(Store, Clock, () => 0.5, NullLogger<LeaseLedger>.Instance);

    /// <summary>How much the store says was taken, in the present window.</summary>
    public async Task<long> TakenAsync(LimitCounter counter)
    {
        LimitWindow window = LimitWindow.At(counter.Period, Clock.GetUtcNow().UtcTicks);
        var place = new LimitPlace(
            $"{counter.Measure}|{counter.Period}|{counter.Limit}|{counter.Subject}", window.Name, window.EndsAt);
        LimitReading reading = await Store.ReadAllAsync(place, CancellationToken.None);
        return counter.Most - LimitRows.Left(reading, counter.Most);
    }

    /// <summary>Asks again and again at one moment, and counts how often it was let in.</summary>
    public static async Task<int> LetInAsync(LeaseLedger ledger, LimitCounter counter, int times, long amount = 1)
    {
        int letIn = 0;
        for (int i = 0; i < times; i++)
        {
            letIn += (await ReserveAsync(ledger, counter, amount)).Hold is null ? 0 : 1;
        }

        return letIn;
    }

    public static ValueTask<LimitGrant> ReserveAsync(LeaseLedger ledger, LimitCounter counter, long amount = 1) =>
        ledger.ReserveAsync(counter, amount, CancellationToken.None);

    /// <summary>Second by second, so that leases are looked after as they would be.</summary>
    public void Pass(int seconds)
    {
        for (int i = 0; i < seconds * 4; i++)
        {
            Pass(TimeSpan.FromSeconds(0.25));
        }
    }

    /// <summary>What a timer wakes goes on inside, and is done when this ends.</summary>
    public void Pass(TimeSpan time)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        Clock.Advance(time);
        SynchronizationContext.SetSynchronizationContext(context);
    }
}
