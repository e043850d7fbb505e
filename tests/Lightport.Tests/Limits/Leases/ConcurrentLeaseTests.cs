using Lightport.Limits;
using Lightport.Limits.Leases;
using Lightport.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Tests.Limits.Leases;

/// <summary>Requests that run at the same time, on one instance or several.</summary>
public sealed class ConcurrentLeaseTests
{
    private static readonly LimitCounter Two = Fleet.Counter(2, LimitPeriod.WhileHeld, LimitMeasure.Concurrent);

    private readonly Fleet _fleet = new();

    [Fact]
    public async Task Place_IsFreeAgain_WhenItsRequestEnds()
    {
        LeaseLedger ledger = _fleet.Start();
        LimitGrant first = await Fleet.ReserveAsync(ledger, Two);
        LimitGrant second = await Fleet.ReserveAsync(ledger, Two);
        LimitGrant third = await Fleet.ReserveAsync(ledger, Two);
        Assert.Equal((null, null), (third.Hold, third.ResetsAt));

        first.Hold!.Settle(1);

        Assert.NotNull((await Fleet.ReserveAsync(ledger, Two)).Hold);
        Assert.NotNull(second.Hold);
        Assert.Equal(2, ledger.Held);
    }

    /// <summary>
    /// Instances of one name, as copies of one machine have: what one holds is not the other's to write over, for
    /// whoever holds a place goes by a name that each process makes up for itself.
    /// </summary>
    [Fact]
    public async Task TwoInstancesWithOneName_ShareThePlaces_AndGiveBackTheirOwnAlone()
    {
        LeaseLedger one = _fleet.Start();
        LeaseLedger other = _fleet.Start();
        LimitGrant first = await Fleet.ReserveAsync(one, Two);
        LimitGrant second = await Fleet.ReserveAsync(other, Two);
        Assert.Null((await Fleet.ReserveAsync(other, Two)).Hold);

        first.Hold!.Settle(0);
        _fleet.Pass(4);

        Assert.NotNull(second.Hold);
        Assert.Equal(1, await _fleet.TakenAsync(Two));
        Assert.Equal(1, await Fleet.LetInAsync(one, Two, 3));
    }

    [Fact]
    public async Task Place_OfAnIdleInstance_IsAnothersSoon()
    {
        LeaseLedger one = _fleet.Start();
        LeaseLedger other = _fleet.Start();
        LimitGrant[] grants = [await Fleet.ReserveAsync(one, Two), await Fleet.ReserveAsync(one, Two)];
        Assert.Null((await Fleet.ReserveAsync(other, Two)).Hold);
        Array.ForEach(grants, grant => grant.Hold!.Settle(0));
        _fleet.Pass(4);

        Assert.Equal(2, await Fleet.LetInAsync(other, Two, 3));
        Assert.Equal(0, one.Held);
    }

    /// <summary>Twelve requests at each of two instances in turn, half a second apart, one at a time.</summary>
    [Fact]
    public async Task LastPlace_GoesBackWithItsRequest_WhereTheStoreMayBeAskedAtAnyTime()
    {
        LimitCounter one = Fleet.Counter(1, LimitPeriod.WhileHeld, LimitMeasure.Concurrent);
        var store = new MemoryLimitStore(_fleet.Clock);
        LeaseLedger[] ledgers =
        [
            .. Enumerable.Range(0, 2).Select(_ =>
                new LeaseLedger(store, _fleet.Clock, () => 0.5, NullLogger<LeaseLedger>.Instance)),
        ];

        for (int i = 0; i < 24; i++)
        {
            LimitGrant grant = await Fleet.ReserveAsync(ledgers[i % 2], one);
            Assert.True(grant.Hold is not null, $"Request {i} was refused.");
            Assert.Null((await Fleet.ReserveAsync(ledgers[(i + 1) % 2], one)).Hold);
            grant.Hold!.Settle(0);
            _fleet.Pass(TimeSpan.FromSeconds(0.5));
        }
    }

    [Fact]
    public async Task Place_OfARequestThatRunsOn_IsNobodyElses()
    {
        await Fleet.ReserveAsync(_fleet.Start(), Two);
        LeaseLedger other = _fleet.Start();
        for (int minute = 0; minute < 10; minute++)
        {
            _fleet.Pass(60);
            (await Fleet.ReserveAsync(other, Two)).Hold!.Settle(0);
            Assert.Null((await Fleet.ReserveAsync(other, Two, 2)).Hold);
        }
    }

    [Fact]
    public async Task Place_OfAKilledInstance_ReturnsByExpiry()
    {
        LeaseLedger killed = _fleet.Start();
        LeaseLedger other = _fleet.Start();
        await Fleet.ReserveAsync(killed, Two, 2);
        _fleet.Pass(5);
        killed.Dispose();

        Assert.Null((await Fleet.ReserveAsync(other, Two)).Hold);
        _fleet.Pass(61);
        Assert.Equal(2, await Fleet.LetInAsync(other, Two, 3));
    }
}
