using Lightport.Bench.Limits.Scenarios;
using Lightport.Limits;
using Lightport.Limits.Leases;

namespace Lightport.Bench.Limits.Fleet;

/// <summary>Writes down what is asked, let in, used and refused, by the store's true time.</summary>
internal sealed class Journal(FleetPlan plan)
{
    private readonly Dictionary<long, long> _used = [];
    private readonly HashSet<long> _refusedIn = [];
    private readonly List<TimeSpan> _waits = [];
    private long _running;
    private long _mostRunning;

    public int Asked { get; set; }

    public int Unknown { get; private set; }

    public int Refused { get; private set; }

    public IReadOnlyList<TimeSpan> Waits => _waits;

    /// <summary>Of the whole limit, in the window or at the time when it was the most.</summary>
    public double MostUsed => plan.Counter.Period == LimitPeriod.WhileHeld
        ? _mostRunning / (double)plan.Counter.Most
        : _used.Values.DefaultIfEmpty().Max() / (double)plan.Counter.Most;

    public void LetIn(DateTimeOffset at, long used, TimeSpan waited)
    {
        long window = WindowOf(at);
        _used[window] = _used.GetValueOrDefault(window) + used;
        _waits.Add(waited);
        _mostRunning = Math.Max(_mostRunning, _running += used);
    }

    public void End(long used) => _running -= used;

    public void Refuse(DateTimeOffset at, bool isUnknown)
    {
        Unknown += isUnknown ? 1 : 0;
        Refused += isUnknown ? 0 : 1;
        if (!isUnknown)
        {
            _refusedIn.Add(WindowOf(at));
        }
    }

    /// <summary>The first and the last window are not whole.</summary>
    public long? MostUnused()
    {
        long[] whole = plan.Counter.Period == LimitPeriod.Minute
            ? [.. _used.Keys.Order().Skip(1).SkipLast(1).Where(_refusedIn.Contains)]
            : [.. _used.Keys.Where(_refusedIn.Contains)];
        return plan.Counter.Period == LimitPeriod.WhileHeld || whole.Length == 0
            ? null
            : whole.Max(window => plan.Counter.Most - _used[window]);
    }

    private long WindowOf(DateTimeOffset at) => LimitWindow.At(plan.Counter.Period, at.UtcTicks).Start;
}
