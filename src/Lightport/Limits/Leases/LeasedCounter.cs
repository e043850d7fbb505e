using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>
/// One counter as one instance counts it: out of a lease as long as that lasts, and then out of what the store gives.
/// With the store there is one talk at a time; names that end in <c>NeedsLock</c> are called with the lock held.
/// </summary>
internal sealed class LeasedCounter
{
    private readonly LimitCounter _counter;
    private readonly LeaseSurroundings _around;
    private readonly Lock _lock = new();
    private readonly CounterRows _rows;
    private readonly LeaseCare _care;
    private readonly Demand _demand = new();
    private readonly Lease _lease = new();
    private readonly Refusal _refusal;
    private readonly Waiting _waiting = new();
    private Task _talk = Task.CompletedTask;
    private long _left;
    private bool _isLeftKnown;
    private long _awayUntil;
    private long _renewAt;
    private bool _forgotten;

    public LeasedCounter(LimitCounter counter, LeaseSurroundings around)
    {
        (_counter, _around) = (counter, around);
        _rows = new CounterRows(counter, around);
        _care = new LeaseCare(counter, around, _rows.Allowance);
        _refusal = new Refusal(counter.Period);
    }

    /// <summary>By requests that run.</summary>
    public long Held
    {
        get
        {
            lock (_lock)
            {
                return _lease.Held;
            }
        }
    }

    private bool IsHeld => _counter.Period == LimitPeriod.WhileHeld;

    /// <summary>What is left here and in the store, less what was used beyond all that was taken.</summary>
    private long Left => Math.Max(0, _lease.Free + _left);

    /// <summary>False where this counter has been forgotten and another stands in its place.</summary>
    public bool TryReserve(long amount, CancellationToken cancellationToken, out ValueTask<LimitGrant> grant)
    {
        lock (_lock)
        {
            if (_forgotten)
            {
                grant = default;
                return false;
            }

            long now = _around.Clock.Local;
            _demand.Add(amount, now);
            if (Answer_NeedsLock(amount, now) is { } answer)
            {
                grant = new(answer);
                return true;
            }

            _waiting.Add(amount);
        }

        grant = new(WaitAsync(amount, cancellationToken));
        return true;
    }

    /// <summary>A hold ends, or a part of it.</summary>
    public void Settle(LimitWindow window, long held, long used)
    {
        lock (_lock)
        {
            // What runs at the same time is used as long as it runs, and no longer.
            _lease.Settle(window, held, IsHeld ? 0 : used);
            long now = _around.Clock.Local;
            if (held != used)
            {
                _demand.Return(held - used, now);
                _refusal.Wake();
            }

            if (_isLeftKnown && _waiting.IsNobody && MayTalk_NeedsLock(now)
                && _care.Returned(_lease, _demand, _left, now, _refusal.IsTheLast) is > 0 and var returned)
            {
                _talk = ReturnAsync(returned);
            }
        }
    }

    /// <summary>Once a second: what is too much goes back, what is owed is told, and leases are renewed.</summary>
    /// <returns>False where nobody needs this counter any more; it answers nothing from then on.</returns>
    public bool Tend()
    {
        lock (_lock)
        {
            long now = _around.Clock.Local;
            Begin_NeedsLock(now);
            if (MayTalk_NeedsLock(now)
                && _care.Next(_lease, _demand, _left, now, now >= _renewAt, _refusal.IsTheLast) is { } chore)
            {
                _talk = TalkAsync(() => chore.Next is { } next ? TakeNextAsync(next) : GiveAsync(chore.Amount, null));
            }

            _forgotten = _demand.IdleAt(now) >= LeaseTerms.Forgotten && _waiting.IsNobody && _talk.IsCompleted
                && _lease is { Free: 0, Held: 0 };
            return !_forgotten;
        }
    }

    /// <summary>Gives back all that nobody holds.</summary>
    public async Task EndAsync()
    {
        await Volatile.Read(ref _talk).ConfigureAwait(false);
        Task talk;
        lock (_lock)
        {
            talk = _talk = _lease.Free == 0 ? Task.CompletedTask : TalkAsync(() => GiveAsync(_lease.Free, seen: null));
        }

        await talk.ConfigureAwait(false);
    }

    private async Task<LimitGrant> WaitAsync(long amount, CancellationToken cancellationToken)
    {
        try
        {
            int? since = null;
            for (long until = _around.Clock.Local + LeaseTerms.Patience.Ticks; ;)
            {
                Task talk;
                TimeSpan rest;
                lock (_lock)
                {
                    long now = _around.Clock.Local;
                    rest = TimeSpan.FromTicks(until - now);
                    _refusal.Include(amount, Left, since ??= _refusal.Count);
                    if (Answer_NeedsLock(amount, now) is { } answer)
                    {
                        return answer;
                    }

                    if (rest <= TimeSpan.Zero)
                    {
                        // Those who come now need not wait for the same, unless only this instance may not ask yet.
                        bool isWell = _rows.IsPatient(now) && !IsAway_NeedsLock(now);
                        _awayUntil = isWell ? _awayUntil : now + LeaseTerms.Round.Ticks;
                        return isWell ? _care.NotYet(_lease) : Unknown_NeedsLock(amount);
                    }

                    talk = Next_NeedsLock(now);
                }

                await Patience.EndsAsync(talk, rest, _around.Time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
            {
                _waiting.Remove(amount);
            }
        }
    }

    /// <summary>The answer that needs no store; null where it has to be asked.</summary>
    private LimitGrant? Answer_NeedsLock(long amount, long now)
    {
        if (Begin_NeedsLock(now))
        {
            // Whoever asks for nothing wants to know what is left.
            if (amount == 0 && _isLeftKnown)
            {
                return Hold_NeedsLock(amount);
            }

            if (amount > 0 && _lease.Free >= amount)
            {
                LimitGrant grant = Hold_NeedsLock(amount);
                _demand.LetIn(amount, now);
                FillAhead_NeedsLock(amount, now);
                return grant;
            }

            // Where the store may not be asked yet, what it said last stands; before it was asked, all may be left.
            bool isSettled = _refusal.IsIn(now, amount) || (_isLeftKnown && !_rows.Allowance.HasSpare(now));
            if (amount > _counter.Most || (amount > Left && isSettled))
            {
                _demand.Refuse(amount, now, isForGood: amount > _counter.Most);
                return new LimitGrant(null, _isLeftKnown ? Left : _counter.Most, _lease.Window.EndsAt);
            }
        }

        return IsAway_NeedsLock(now) ? Unknown_NeedsLock(amount) : null;
    }

    /// <summary>Whether it is sure in which window it is; where that is a new one, it has begun.</summary>
    private bool Begin_NeedsLock(long now)
    {
        (long earliest, long latest) = _around.Clock.At(now);
        if (!_lease.Window.Holds(earliest, latest))
        {
            LimitWindow window = LimitWindow.At(_counter.Period, earliest);
            if (!window.Holds(earliest, latest))
            {
                return false;
            }

            _lease.Begin(window);
            _demand.Renew(now);
            _refusal.End();
            (_left, _isLeftKnown) = (0, false);
        }

        return _around.Clock.IsKnown;
    }

    private LimitGrant Hold_NeedsLock(long amount)
    {
        _lease.Hold(amount);
        return new LimitGrant(
            new LeasedHold(this, _lease.Window, amount), Left, _lease.Window.EndsAt);
    }

    /// <summary>What the limit's owner wants where nobody knows; what is let in is told to the store later.</summary>
    private LimitGrant Unknown_NeedsLock(long amount) => (_counter.OpenWhenUnknown
        ? Hold_NeedsLock(amount)
        : new LimitGrant(null, Math.Max(0, _lease.Free), _lease.Window.EndsAt)) with { IsUnknown = true };

    private bool IsAway_NeedsLock(long now) => now < _awayUntil || _around.Watch.IsAway(now);

    /// <summary>What ends before another look is of use: the talk that runs, a new one, a window's turn.</summary>
    private Task Next_NeedsLock(long now)
    {
        if (!_talk.IsCompleted)
        {
            return _talk;
        }

        if (!_around.Clock.IsKnown || Begin_NeedsLock(now))
        {
            return _talk = TalkAsync(TakeAsync);
        }

        // Near the turn of a window the store's next answer may make it sure sooner than the time that passes.
        (long earliest, long latest) = _around.Clock.At(now);
        long end = LimitWindow.At(_counter.Period, earliest).End;
        TimeSpan unsure = TimeSpan.FromTicks(end - earliest) + LeaseTerms.Later;
        return unsure > LeaseTerms.Unsure && _rows.Allowance.HasSpare(now)
            ? _talk = TalkAsync(() => _rows.LookSoonAsync(LimitWindow.At(_counter.Period, latest)))
            : Task.Delay(unsure, _around.Time);
    }

    /// <summary>Fills the lease up behind the requests' backs, before it is empty.</summary>
    private void FillAhead_NeedsLock(long amount, long now)
    {
        double low = _demand.RateAt(now) * LeaseTerms.LowSeconds;
        if (_lease.Free < low && amount <= low && !IsHeld && !_refusal.IsIn(now, amount) && MayTalk_NeedsLock(now)
            && _rows.Allowance.HasSpare(now))
        {
            _talk = TalkAsync(TakeAsync);
        }
    }

    private bool MayTalk_NeedsLock(long now) => _talk.IsCompleted && !IsAway_NeedsLock(now);

    /// <summary>Apart, so that holds that end without it allocate nothing for it.</summary>
    private Task ReturnAsync(long amount) => TalkAsync(() => GiveAsync(amount, seen: null));

    private async Task TalkAsync(Func<Task> say)
    {
        try
        {
            await say().ConfigureAwait(false);
            lock (_lock)
            {
                _awayUntil = 0;
            }
        }
        catch (StoreException e)
        {
            long until = _around.Watch.Failed(e, _around.Clock.Local);
            lock (_lock)
            {
                _awayUntil = until;
            }
        }
    }

    private async Task TakeAsync()
    {
        LimitWindow window;
        LeaseWish wish;
        long useless;
        lock (_lock)
        {
            window = _lease.Window;
            wish = _care.Wish(_waiting, _lease, _demand, window, _around.Clock.Local);
        }

        if (!_around.Clock.IsKnown)
        {
            await _rows.LookAsync(window).ConfigureAwait(false);
            return;
        }

        LeaseTake taken = await _rows.TakeAsync(window, wish).ConfigureAwait(false);
        lock (_lock)
        {
            _lease.Add(window, taken.Amount);
            (_left, _isLeftKnown) = (taken.Left, !taken.IsUndecided);
            _renewAt = _around.Clock.Local + LeaseTerms.Renewal.Ticks;
            useless = _care.Useless(_lease, _demand, _around.Clock.Local);
            if (taken.Amount >= Math.Max(1, wish.Need))
            {
                _refusal.Ease(Left);
            }
            else if (!taken.IsUndecided)
            {
                _refusal.Begin(_around.Clock.Local, wish.Need > 0, _around.Chance());
            }
        }

        if (taken.Short is { } seen && wish.Need > 0 && !IsHeld)
        {
            // What is too little for those who ask here may be what another one lacks.
            await GiveAsync(useless, seen).ConfigureAwait(false);
        }
    }

    private async Task TakeNextAsync(LimitWindow next)
    {
        LeaseWish wish;
        lock (_lock)
        {
            wish = _care.Wish(_waiting, _lease, _demand, next, _around.Clock.Local) with { Need = 0 };
        }

        LeaseTake taken = await _rows.TakeAsync(next, wish).ConfigureAwait(false);
        lock (_lock)
        {
            _lease.Add(next, taken.Amount);
        }
    }

    /// <param name="amount">No more of it than is free; below zero, what is owed; zero says again what is held.</param>
    private async Task GiveAsync(long amount, LimitReading? seen)
    {
        LimitWindow window;
        long total;
        lock (_lock)
        {
            window = _lease.Window;
            amount = Math.Min(amount, _lease.Free);
            if (amount == 0 && !IsHeld)
            {
                return;
            }

            // What goes back is left there, for those of this instance too; a place is anybody's.
            _lease.Remove(amount);
            _left += IsHeld ? 0 : amount;
            total = _lease.Free + _lease.Held;
            _renewAt = _around.Clock.Local + LeaseTerms.Renewal.Ticks;
        }

        bool given = false;
        try
        {
            given = await _rows.GiveAsync(window, amount, total, seen).ConfigureAwait(false);
        }
        catch (StoreException) when (amount >= 0 && _rows.IsUnsure)
        {
            // It may have been given back, and others may have it: so it is not here any more.
            given = true;
            throw;
        }
        finally
        {
            if (!given)
            {
                lock (_lock)
                {
                    _lease.Add(window, amount);
                    _left -= IsHeld || window != _lease.Window ? 0 : amount;
                }
            }
        }
    }
}
