using Lightport.Limits;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>Counts in one place and at once, and tells a test what is held and what was used.</summary>
internal sealed class TestLedger(TimeProvider time) : ILimitLedger
{
    private readonly Dictionary<(string, string, LimitMeasure, LimitPeriod), Count> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>Nobody can say how much is left.</summary>
    public bool IsAway { get; set; }

    /// <summary>What is held of all counters together.</summary>
    public long Reserved
    {
        get
        {
            lock (_lock)
            {
                return _counts.Values.Sum(count => count.Held);
            }
        }
    }

    /// <summary>What was used of a measure under a limit, of all subjects.</summary>
    public long Used(string limit, LimitMeasure measure)
    {
        lock (_lock)
        {
            return _counts.Where(count => count.Key.Item1 == limit && count.Key.Item3 == measure)
                .Sum(count => count.Value.Used + count.Value.Before);
        }
    }

    /// <summary>What is held of a measure.</summary>
    public long Held(LimitMeasure measure)
    {
        lock (_lock)
        {
            return _counts.Where(count => count.Key.Item3 == measure).Sum(count => count.Value.Held);
        }
    }

    public ValueTask<LimitGrant> ReserveAsync(
        LimitCounter counter, long amount, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            LimitHold? open = counter.OpenWhenUnknown ? new Hold(this, new Count(), 0, counts: false) : null;
            return new(new LimitGrant(open, 0, null) { IsUnknown = true });
        }

        lock (_lock)
        {
            DateTimeOffset? reset = Reset(counter.Period);
            var key = (counter.Limit, counter.Subject, counter.Measure, counter.Period);
            if (!_counts.TryGetValue(key, out Count? count) || count.Reset != reset)
            {
                _counts[key] = count = new Count { Reset = reset, Before = (count?.Used ?? 0) + (count?.Before ?? 0) };
            }

            long left = counter.Most - count.Used - count.Held;
            if (amount > left)
            {
                return new(new LimitGrant(null, left, reset));
            }

            count.Held += amount;
            return new(new LimitGrant(
                new Hold(this, count, amount, counter.Period != LimitPeriod.WhileHeld), left - amount, reset));
        }
    }

    private DateTimeOffset? Reset(LimitPeriod period)
    {
        DateTimeOffset now = time.GetUtcNow();
        return period switch
        {
            LimitPeriod.Minute => new DateTimeOffset(
                now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero),
            LimitPeriod.Day => new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero),
            LimitPeriod.Month => new DateTimeOffset(
                new DateTime(now.Year, now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1), TimeSpan.Zero),
            _ => null,
        };
    }

    private sealed class Count
    {
        public long Used { get; set; }

        public long Held { get; set; }

        /// <summary>In earlier periods.</summary>
        public long Before { get; init; }

        public DateTimeOffset? Reset { get; init; }
    }

    private sealed class Hold(TestLedger ledger, Count count, long amount, bool counts) : LimitHold
    {
        private long _held = amount;
        private bool _isSettled;

        public override long Held => _held;

        public override void Shrink(long amount)
        {
            lock (ledger._lock)
            {
                Assert.False(_isSettled);
                long less = Math.Max(0, _held - amount);
                count.Held -= less;
                _held -= less;
            }
        }

        public override void Settle(long used)
        {
            lock (ledger._lock)
            {
                if (!_isSettled)
                {
                    _isSettled = true;
                    count.Held -= _held;
                    count.Used += counts ? used : 0;
                }
            }
        }
    }
}
