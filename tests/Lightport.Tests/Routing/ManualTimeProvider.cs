namespace Lightport.Tests.Routing;

/// <summary>Time that passes only when a test says so; timers fire inside <see cref="Advance"/>, in their order.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(TimeSpan Wait, TaskCompletionSource Seen)> _watchers = [];
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How long until each timer that is set fires, soonest first.</summary>
    public TimeSpan[] Waiting
    {
        get
        {
            lock (_lock)
            {
                return [.. _timers.Select(timer => TimeSpan.FromTicks(timer.Due - GetTimestamp())).Order()];
            }
        }
    }

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    /// <summary>Ends when a timer is set that fires after exactly this long, or where one is set already.</summary>
    public Task WaitingFor(TimeSpan wait)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.Due - GetTimestamp() == wait.Ticks))
            {
                return Task.CompletedTask;
            }

            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((wait, seen));
            return seen.Task;
        }
    }

    public void Advance(TimeSpan by)
    {
        long end = GetTimestamp() + by.Ticks;
        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }

        Interlocked.Exchange(ref _ticks, end);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>The next timer that fires until then, with the time set to when it does.</summary>
    private ManualTimer? TakeDue(long end)
    {
        lock (_lock)
        {
            ManualTimer? next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (next is not null)
            {
                Interlocked.Exchange(ref _ticks, Math.Max(_ticks, next.Due));
                _timers.Remove(next);
                next.SetAgain();
            }

            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public long Due { get; private set; }

        public void Fire() => fire();

        public void SetAgain()
        {
            if (_period > TimeSpan.Zero)
            {
                Due += _period.Ticks;
                owner._timers.Add(this);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = owner.GetTimestamp() + dueTime.Ticks;
                    owner._timers.Add(this);
                    foreach ((TimeSpan Wait, TaskCompletionSource Seen) watcher in owner._watchers.ToArray())
                    {
                        if (watcher.Wait == dueTime)
                        {
                            owner._watchers.Remove(watcher);
                            watcher.Seen.TrySetResult();
                        }
                    }
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (owner._lock)
            {
                owner._timers.Remove(this);
                _period = Timeout.InfiniteTimeSpan;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
