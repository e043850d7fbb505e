namespace Lightport.Bench.Routing.Clock;

/// <summary>
/// Time that jumps from one timer to the next. All of a run happens on the thread that steps it, for what a timer wakes
/// goes on inside the step: so thousands of requests are in flight, and their order is the same in each run.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    // Never zero, which code may take for "never".
    private const long Start = TimeSpan.TicksPerHour;

    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly PriorityQueue<(VirtualTimer Timer, int Setting), (long Due, long Order)> _set = new();
    private long _now = Start;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Since the run began.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(_now - Start);

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => Noon + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            throw new InvalidOperationException(
                "Something went on on a thread of its own: such a run cannot be replayed.");
        }

        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// A wait that ends on this thread also where it is given up: <see cref="Task.Delay(TimeSpan)"/> lets what waited
    /// go on on another one then.
    /// </summary>
    public async Task WaitAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource();
        await using ITimer timer = CreateTimer(
            static over => ((TaskCompletionSource)over!).TrySetResult(), over, wait, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration given = cancellationToken.UnsafeRegister(
            static (over, token) => ((TaskCompletionSource)over!).TrySetCanceled(token), over);
        await over.Task;
    }

    /// <summary>Goes to the next timer and fires it.</summary>
    /// <returns>False where none is set.</returns>
    public bool Step()
    {
        while (_set.TryDequeue(out (VirtualTimer Timer, int Setting) next, out (long Due, long Order) at))
        {
            if (next.Timer.Setting == next.Setting)
            {
                _now = at.Due;
                next.Timer.Fire();
                return true;
            }
        }

        return false;
    }

    /// <summary>Of timers that are due at once the one goes first that was set first.</summary>
    internal void Set(VirtualTimer timer, TimeSpan wait) =>
        _set.Enqueue((timer, timer.Setting), (_now + wait.Ticks, _order++));
}
