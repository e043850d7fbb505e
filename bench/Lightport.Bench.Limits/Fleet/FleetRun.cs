using Lightport.Bench.Limits.Scenarios;
using Lightport.Bench.Routing;
using Lightport.Bench.Routing.Clock;
using Lightport.Limits;

namespace Lightport.Bench.Limits.Fleet;

/// <summary>Runs a plan from a seed, in virtual time, with the real ledgers.</summary>
internal sealed class FleetRun
{
    /// <summary>After which every request has ended that came in time, and every lease has been given back.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(90);

    private readonly FleetPlan _plan;
    private readonly ulong _seed;
    private readonly VirtualTime _time = new();
    private readonly SimulatedStore _store;
    private readonly Journal _journal;
    private readonly Chance _load;
    private readonly Chance _faults;
    private readonly List<Instance> _all = [];
    private readonly Instance[] _live;
    private Exception? _failure;

    private FleetRun(FleetPlan plan, ulong seed)
    {
        (_plan, _seed) = (plan, seed);
        _store = new SimulatedStore(plan, _time, seed);
        _journal = new Journal(plan);
        _load = new Chance(seed, "load");
        _faults = new Chance(seed, "faults");
        _live = [.. Enumerable.Range(0, plan.Instances).Select(_ => NewInstance())];
    }

    public static Figures Run(FleetPlan plan, ulong seed)
    {
        // With a context, what a timer wakes would go on on a thread of the pool.
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return new FleetRun(plan, seed).Run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private Figures Run()
    {
        Watch(LoadAsync());
        Watch(KillAsync());
        while (_failure is null && _time.Now < _plan.Length + Rest && _time.Step())
        {
            // Everything happens inside the step.
        }

        return _failure is null ? Sum() : throw new InvalidOperationException("The run failed.", _failure);
    }

    private Instance NewInstance()
    {
        var chance = new Chance(_seed, $"instance {_all.Count}");
        TimeSpan skew = _plan.Skew * ((chance.Next() * 2) - 1);
        TimeSpan jumpAt = _plan.Length * chance.Next();
        var instance = new Instance(_store, _time, () => _time.Now < jumpAt ? skew : -skew, chance);
        _all.Add(instance);
        return instance;
    }

    private async Task LoadAsync()
    {
        TimeSpan mean = TimeSpan.FromSeconds(1 / _plan.RequestsPerSecond);
        while (_time.Now < _plan.Length)
        {
            await Task.Delay(_load.Exponential(mean), _time);
            double used = _plan.Reserved * Math.Min(1, _plan.UsedPart * 2 * _load.Next());
            Watch(AskAsync(
                _live[_load.Below(_live.Length)],
                _plan.UsedPart < 1 ? (long)used : _plan.Reserved,
                _load.LogNormal(_plan.Runs, 0.8)));
        }
    }

    private async Task KillAsync()
    {
        for (int i = 0; i < _plan.Kills; i++)
        {
            await Task.Delay(_plan.Length / (_plan.Kills + 1), _time);
            int number = _faults.Below(_live.Length);
            _live[number].Kill();
            _live[number] = NewInstance();
        }
    }

    private async Task AskAsync(Instance instance, long used, TimeSpan runs)
    {
        _journal.Asked++;
        TimeSpan start = _time.Now;
        LimitGrant grant = await instance.Ledger.ReserveAsync(_plan.Counter, _plan.Reserved, CancellationToken.None);
        if (grant.Hold is not { } hold)
        {
            _journal.Refuse(_time.GetUtcNow(), grant.IsUnknown);
            return;
        }

        _journal.LetIn(_time.GetUtcNow(), used, _time.Now - start);
        for (TimeSpan end = _time.Now + runs; _time.Now < end && !instance.IsKilled;)
        {
            // A delay of less than a millisecond is none.
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp((end - _time.Now).TotalSeconds, 0.001, 1)), _time);
        }

        _journal.End(used);
        if (!instance.IsKilled)
        {
            hold.Settle(used);
        }
    }

    /// <summary>A request that waits at an instance which is killed has no end.</summary>
    private async void Watch(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e)
        {
            _failure ??= e;
        }
    }

    private Figures Sum()
    {
        TimeSpan[] waits = [.. _journal.Waits.Order()];
        var minutes = _all.SelectMany(instance => instance.OperationsByMinute.Values).ToList();
        return new Figures
        {
            Asked = _journal.Asked,
            LetIn = waits.Length,
            Refused = _journal.Refused,
            Unknown = _journal.Unknown,
            MostUsed = _journal.MostUsed,
            MostUnused = _journal.MostUnused(),
            MeanOperations = minutes.Sum() / _plan.Length.TotalSeconds / _plan.Instances,
            MostOperations = minutes.Max() / 60.0,
            Wait99 = waits[waits.Length * 99 / 100],
            LongestWait = waits[^1],
            AtOnce = waits.Count(wait => wait == TimeSpan.Zero) / (double)waits.Length,
            Throttled = _store.Throttled,
            Conflicts = _store.Conflicts,
            HeldAtRest = _live.Sum(instance => instance.Ledger.Held),
        };
    }
}
