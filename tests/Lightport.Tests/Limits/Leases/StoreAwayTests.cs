using Lightport.Limits;
using Lightport.Limits.Leases;
using Lightport.Storage;

namespace Lightport.Tests.Limits.Leases;

/// <summary>A store that is away, slow, busy or damaged.</summary>
public sealed class StoreAwayTests
{
    private static readonly LimitCounter Closed = Fleet.Counter(1000, LimitPeriod.Day);
    private static readonly LimitCounter Open = Closed with { OpenWhenUnknown = true };

    private readonly Fleet _fleet = new();

    [Fact]
    public async Task LeaseInHand_Serves_ThenTheLimitsOwnChoice()
    {
        LeaseLedger ledger = _fleet.Start();
        (await Fleet.ReserveAsync(ledger, Closed, 10)).Hold!.Settle(0);
        (await Fleet.ReserveAsync(ledger, Open, 10)).Hold!.Settle(0);
        Fail(StoreFailure.Unavailable);

        Assert.Equal(10, await Fleet.LetInAsync(ledger, Closed, 10));
        LimitGrant closed = await Fleet.ReserveAsync(ledger, Closed);
        Assert.Equal(10, await Fleet.LetInAsync(ledger, Open, 10));
        LimitGrant open = await Fleet.ReserveAsync(ledger, Open);

        Assert.Equal((null, true), (closed.Hold, closed.IsUnknown));
        Assert.Equal((1, true), (open.Hold!.Held, open.IsUnknown));
        Assert.Equal("Away.", ledger.LastError);
    }

    /// <summary>
    /// The store is well, and this instance has asked it as often as it may: nobody is let in without a part of the
    /// limit, whatever is to happen where the store is away.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AllowanceThatIsUsedUp_LetsNobodyInUnasked(bool isMoney)
    {
        LimitCounter counter = (isMoney
            ? Fleet.Counter(10_000_000_000, LimitPeriod.Day, LimitMeasure.Money)
            : Fleet.Counter(1_000_000, measure: LimitMeasure.Tokens)) with { OpenWhenUnknown = true };
        long part = counter.Most / 10;
        LeaseLedger ledger = _fleet.Start();
        Assert.NotNull((await Fleet.ReserveAsync(ledger, counter, 4 * part)).Hold);
        Assert.NotNull((await AfterAsync(2, 4 * part)).Hold);

        LimitGrant grant = await AfterAsync(4, part);

        Assert.Equal((null, isMoney), (grant.Hold, grant.IsUnknown));
        Assert.Null(ledger.LastError);
        _fleet.Pass(9);
        Assert.Equal(part, (await AfterAsync(3, part)).Hold?.Held);

        Task<LimitGrant> AfterAsync(int seconds, long amount)
        {
            Task<LimitGrant> waiting = Fleet.ReserveAsync(ledger, counter, amount).AsTask();
            _fleet.Pass(seconds);
            Assert.True(waiting.IsCompleted, $"It still waits after {seconds} s.");
            return waiting;
        }
    }

    [Fact]
    public async Task WhatWasLetInUnasked_IsToldWhenTheStoreIsBack()
    {
        LeaseLedger ledger = _fleet.Start();
        await Fleet.ReserveAsync(ledger, Open);
        Fail(StoreFailure.Unavailable);
        Assert.Equal(50, await Fleet.LetInAsync(ledger, Open, 50));
        _fleet.Store.Before = () => Task.CompletedTask;
        _fleet.Pass(40);

        Assert.Equal(51, await _fleet.TakenAsync(Open));
        Assert.Null(ledger.LastError);
    }

    [Fact]
    public async Task Store_ThatIsAway_IsAskedSeldom()
    {
        LeaseLedger ledger = _fleet.Start();
        Fail(StoreFailure.Unavailable);
        for (int second = 0; second < 100; second++)
        {
            await Fleet.LetInAsync(ledger, Closed, 20);
            _fleet.Pass(1);
        }

        Assert.InRange(_fleet.Store.Operations, 3, 12);
    }

    [Fact]
    public async Task Store_ThatComesBack_IsFoundByItself()
    {
        LeaseLedger ledger = _fleet.Start();
        Fail(StoreFailure.Unavailable);
        Assert.True((await Fleet.ReserveAsync(ledger, Closed)).IsUnknown);
        _fleet.Store.Before = () => Task.CompletedTask;
        _fleet.Pass(2);

        Assert.NotNull((await Fleet.ReserveAsync(ledger, Closed)).Hold);
        Assert.Null(ledger.LastError);
    }

    [Fact]
    public async Task DamagedRow_IsOneCountersTroubleAlone()
    {
        LeaseLedger ledger = _fleet.Start();
        Fail(StoreFailure.Damaged);
        Assert.True((await Fleet.ReserveAsync(ledger, Closed)).IsUnknown);
        _fleet.Store.Before = () => Task.CompletedTask;

        Assert.NotNull((await Fleet.ReserveAsync(ledger, Fleet.Counter(7))).Hold);
        Assert.True((await Fleet.ReserveAsync(ledger, Closed)).IsUnknown);
    }

    [Fact]
    public async Task Store_ThatIsSilent_IsWaitedForASmallWhile_ByTheFirstAlone()
    {
        LeaseLedger ledger = _fleet.Start();
        var silence = new TaskCompletionSource();
        _fleet.Store.Before = () => silence.Task;

        Task<LimitGrant> waiting = Fleet.ReserveAsync(ledger, Closed).AsTask();
        await _fleet.Clock.WaitingFor(LeaseTerms.Patience);
        Assert.False(waiting.IsCompleted);
        _fleet.Pass(LeaseTerms.Patience);
        Assert.True((await waiting).IsUnknown);
        Assert.True((await Fleet.ReserveAsync(ledger, Closed)).IsUnknown);

        silence.SetResult();
        _fleet.Pass(3);
        Assert.NotNull((await Fleet.ReserveAsync(ledger, Closed)).Hold);
    }

    [Fact]
    public async Task Client_ThatGoesWhileTheStoreIsSilent_HoldsNothing()
    {
        LeaseLedger ledger = _fleet.Start();
        var silence = new TaskCompletionSource();
        _fleet.Store.Before = () => silence.Task;
        using var gone = new CancellationTokenSource();

        Task<LimitGrant> waiting = ledger.ReserveAsync(Closed, 5, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        silence.SetResult();
        _fleet.Pass(4);

        Assert.Equal(0, ledger.Held);
        Assert.Equal(0, await _fleet.TakenAsync(Closed));
    }

    /// <summary>
    /// A write that was made and whose answer was lost is found by its writer, whether the store's client tells of the
    /// loss or has sent it again by itself, and met its own writing.
    /// </summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_ThatIsLost_IsLookedFor(bool isTold)
    {
        LeaseLedger ledger = _fleet.Start();
        await Fleet.ReserveAsync(ledger, Closed, 100);
        _fleet.Store.AfterWrite = isTold
            ? () => throw new StoreException(StoreFailure.Unavailable, "Lost.")
            : () => _fleet.Store.Heard = false;
        ValueTask<LimitGrant> asked = Fleet.ReserveAsync(ledger, Closed, 100);
        (_fleet.Store.AfterWrite, _fleet.Store.Heard) = (() => { }, true);
        _fleet.Pass(1);

        Assert.NotNull((await asked).Hold);
        Assert.NotNull((await Fleet.ReserveAsync(ledger, Closed, 800)).Hold);
        Assert.Null((await Fleet.ReserveAsync(ledger, Closed)).Hold);
        Assert.Equal(1000, await _fleet.TakenAsync(Closed));
    }

    /// <summary>Where it cannot be looked for, or another has written since, it counts as taken, and is never had.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_ThatIsLost_NeverMakesMoreOfIt(bool isAway)
    {
        // So small a limit has one row, which both write.
        LimitCounter small = Fleet.Counter(100, LimitPeriod.Day);
        LeaseLedger ledger = _fleet.Start();
        await Fleet.ReserveAsync(ledger, small, 10);
        LeaseLedger other = _fleet.Start();
        Task<LimitGrant>? others = null;
        _fleet.Store.AfterWrite = () =>
        {
            _fleet.Store.AfterWrite = () => { };
            if (isAway)
            {
                Fail(StoreFailure.Unavailable);
            }
            else
            {
                others = Fleet.ReserveAsync(other, small).AsTask();
            }

            throw new StoreException(StoreFailure.Unavailable, "Lost.");
        };
        Assert.True((await Fleet.ReserveAsync(ledger, small, 10)).IsUnknown);
        Assert.True(others is null || (await others).Hold is not null);
        _fleet.Store.Before = () => Task.CompletedTask;
        _fleet.Pass(2);

        LimitGrant grant = await Fleet.ReserveAsync(ledger, small, 90);

        Assert.Null(grant.Hold);
        Assert.InRange(grant.Left, 0, 80);
    }

    private void Fail(StoreFailure failure) =>
        _fleet.Store.Before = () => throw new StoreException(failure, "Away.");
}
