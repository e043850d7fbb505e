namespace Lightport.Routing.State;

/// <summary>
/// Keeps requests from a target that fails. It opens after failures in a row, or where their share of the calls within
/// a window is too large; half-open it lets one call at a time find out whether the target is back; an answer that has
/// begun closes it, on probation: until one has come whole, the next failure opens it again. Calls from before it
/// opened tell nothing that it does not know. Answers that broke off are a row of their own, which one that has only
/// begun does not end: a target that breaks off every answer would never have two. Where another instance has opened
/// its own, this one is told.
/// </summary>
/// <param name="random">Numbers from 0 up to 1, by which instances come back at different moments.</param>
internal sealed class CircuitBreaker(Func<double> random)
{
    public const int LongestWindowSeconds = 60;

    private const int Good = 0;
    private const int Bad = 1;
    private const double Jitter = 0.25;

    /// <summary>How long a target that has come back takes to its usual share.</summary>
    private static readonly TimeSpan SlowStart = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private SlidingCounts? _calls;
    private int _refused;
    private int _brokenOff;
    private volatile bool _onProbation;
    private long _lastFailure;
    private volatile int _openings;
    private volatile bool _isOpen;
    private long _openUntil;
    private long _openedAt;
    private long _closedAt = long.MinValue;
    private bool _isTold;
    private bool _probing;

    /// <param name="now">In milliseconds, from any beginning, as everywhere here.</param>
    public BreakerPhase PhaseAt(long now)
    {
        if (!_isOpen)
        {
            return BreakerPhase.Closed;
        }

        lock (_lock)
        {
            return !_isOpen ? BreakerPhase.Closed : now < _openUntil ? BreakerPhase.Open : BreakerPhase.HalfOpen;
        }
    }

    /// <summary>
    /// For how long a call would not be let pass: zero where that depends on a probe under way, null where it would be.
    /// </summary>
    public TimeSpan? Away(long now)
    {
        if (!_isOpen)
        {
            return null;
        }

        lock (_lock)
        {
            return !_isOpen ? null
                : now < _openUntil ? TimeSpan.FromMilliseconds(_openUntil - now)
                : _probing ? TimeSpan.Zero
                : null;
        }
    }

    /// <summary>
    /// How much of its usual share a target should get that has just come back, from a tenth up to 1: all at once would
    /// be the next outage.
    /// </summary>
    public double Warmth(long now)
    {
        long closedAt = Volatile.Read(ref _closedAt);
        return closedAt == long.MinValue ? 1 : Math.Clamp((now - closedAt) / SlowStart.TotalMilliseconds, 0.1, 1);
    }

    /// <summary>Since when and until when it is open by what was seen here; null where it is not.</summary>
    public (long OpenedAt, long Until)? OpenedHere(long now)
    {
        if (!_isOpen)
        {
            return null;
        }

        lock (_lock)
        {
            return _isOpen && !_isTold && now < _openUntil ? (_openedAt, _openUntil) : null;
        }
    }

    /// <summary>Whether it was closed then or later, and is closed.</summary>
    public bool IsBackSince(long moment)
    {
        lock (_lock)
        {
            return !_isOpen && _closedAt >= moment;
        }
    }

    /// <summary>Another instance opened its own: this one opens too, unless it has been closed since.</summary>
    public void Tell(long openedAt, long until, long now)
    {
        lock (_lock)
        {
            if (!_isOpen && _closedAt < openedAt && now < until)
            {
                Open_NeedsLock(openedAt, now + Spread(until - now));
                _isTold = true;
            }
        }
    }

    /// <summary>Null where the call is not to be made; half-open it is the probe.</summary>
    public BreakerPass? TryPass(long now)
    {
        if (!_isOpen)
        {
            return Pass();
        }

        lock (_lock)
        {
            if (!_isOpen)
            {
                return Pass();
            }

            if (_probing || now < _openUntil)
            {
                return null;
            }

            _probing = true;
            return Pass() with { IsProbe = true };
        }
    }

    /// <summary>The call is made whatever the breaker says.</summary>
    public BreakerPass Pass() => new(_openings, IsProbe: false);

    /// <summary>The call's answer has begun.</summary>
    public void Begun(BreakerPass pass, long now)
    {
        if (!_isOpen && Volatile.Read(ref _refused) == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (pass.Opening == _openings)
            {
                CloseWhereOpen_NeedsLock(now);
                _refused = 0;
            }
        }
    }

    /// <summary>The call is over.</summary>
    /// <param name="policy">Null where its route has no breaker: what fails there opens nothing.</param>
    /// <param name="hasBegun">Its answer had begun.</param>
    public void Over(BreakerPass pass, CallVerdict verdict, BreakerPolicy? policy, long now, bool hasBegun = false)
    {
        if (verdict == CallVerdict.Alive && IsSound && policy?.Ratio is null)
        {
            return;
        }

        lock (_lock)
        {
            if (pass.IsProbe)
            {
                _probing = false;
            }

            if (pass.Opening != _openings || verdict == CallVerdict.Unknown)
            {
                return;
            }

            if (verdict == CallVerdict.Failed)
            {
                Fail_NeedsLock(policy, now, hasBegun);
                return;
            }

            CloseWhereOpen_NeedsLock(now);
            (_refused, _brokenOff, _onProbation) = (0, 0, false);
            Count_NeedsLock(Good, policy, now);
        }
    }

    /// <summary>Nothing failed of late, so that an answer changes nothing.</summary>
    private bool IsSound =>
        !_isOpen && !_onProbation && Volatile.Read(ref _refused) == 0 && Volatile.Read(ref _brokenOff) == 0;

    private void CloseWhereOpen_NeedsLock(long now)
    {
        if (_isOpen)
        {
            (_isOpen, _probing, _onProbation, _lastFailure) = (false, false, true, now);
            _closedAt = now;
            _calls?.Clear();
        }
    }

    private void Fail_NeedsLock(BreakerPolicy? policy, long now, bool hasBegun)
    {
        if (policy is null)
        {
            return;
        }

        if (_isOpen)
        {
            (_openedAt, _openUntil, _isTold) = (now, End(policy, now), false);
            return;
        }

        if (now - _lastFailure > policy.Window.TotalMilliseconds)
        {
            (_refused, _brokenOff) = (0, 0);
        }

        _lastFailure = now;
        int row = hasBegun ? ++_brokenOff : ++_refused;
        Count_NeedsLock(Bad, policy, now);
        if (_onProbation || row >= policy.Failures || IsOverRatio_NeedsLock(policy, now))
        {
            Open_NeedsLock(now, End(policy, now));
        }
    }

    private void Open_NeedsLock(long openedAt, long until)
    {
        (_isOpen, _openedAt, _openUntil, _isTold) = (true, openedAt, until, false);
        (_refused, _brokenOff, _onProbation) = (0, 0, false);
        _openings++;
    }

    private void Count_NeedsLock(int kind, BreakerPolicy? policy, long now)
    {
        if (policy?.Ratio is not null)
        {
            (_calls ??= new SlidingCounts(kinds: 2, LongestWindowSeconds)).Add(kind, now);
        }
    }

    private bool IsOverRatio_NeedsLock(BreakerPolicy policy, long now)
    {
        if (policy.Ratio is not { } ratio)
        {
            return false;
        }

        int seconds = (int)policy.Window.TotalSeconds;
        int failed = _calls!.Sum(Bad, now, seconds);
        int all = failed + _calls.Sum(Good, now, seconds);
        return all >= policy.Minimum && failed >= ratio * all;
    }

    private long End(BreakerPolicy policy, long now) => now + Spread(policy.Open.TotalMilliseconds);

    private long Spread(double milliseconds) => (long)(milliseconds * (1 + (Jitter * random())));
}
