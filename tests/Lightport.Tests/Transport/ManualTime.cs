namespace Lightport.Tests.Transport;

/// <summary>A clock that stands still until it is moved. Any thread may ask it, wait by it or move it.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Length, TaskCompletionSource Set)> _awaited = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        lock (_lock)
        {
            _timers.Add(timer);
        }

        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.TryTake(_now))];
        }

        due.ForEach(timer => timer.Fire());
    }

    /// <summary>
    /// Ends when somebody waits for so long: a clock that is moved earlier moves past them, and they wait for ever.
    /// </summary>
    public Task WaitedFor(TimeSpan length)
    {
        lock (_lock)
        {
            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_timers.Exists(timer => timer.DueAt == _now + length))
            {
                set.SetResult();
            }
            else
            {
                _awaited.Add((length, set));
            }

            return set.Task;
        }
    }

    private TimeSpan Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan DueAt { get; private set; } = TimeSpan.MaxValue;

        public void Fire() => fire();

        /// <summary>Whether it is due, which it then is no more. Whoever asks holds the lock.</summary>
        public bool TryTake(TimeSpan now)
        {
            bool isDue = DueAt <= now;
            DueAt = isDue ? TimeSpan.MaxValue : DueAt;
            return isDue;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : time._now + dueTime;
                foreach ((TimeSpan length, TaskCompletionSource set) in time._awaited)
                {
                    if (length == dueTime)
                    {
                        set.TrySetResult();
                    }
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
