namespace Lightport.Bench.Routing.Clock;

/// <summary>A timer of virtual time. What it was set to before is recognised by its number, and passed over.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;

    /// <summary>Counts how often it was set.</summary>
    public int Setting { get; private set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Setting++;
        _period = period;
        if (dueTime >= TimeSpan.Zero)
        {
            time.Set(this, dueTime);
        }

        return true;
    }

    public void Fire()
    {
        if (_period > TimeSpan.Zero)
        {
            time.Set(this, _period);
        }

        callback(state);
    }

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
