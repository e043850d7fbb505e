using Lightport.Limits;
using Lightport.Limits.Leases;

namespace Lightport.Tests.Limits.Leases;

/// <summary>Whose minute it is, where clocks differ.</summary>
public sealed class ClockTests
{
    private readonly Fleet _fleet = new();

    [Fact]
    public async Task Window_IsTheStores_WhereThisMachineIsWrong()
    {
        LimitCounter counter = Fleet.Counter(10);
        _fleet.Store.Ahead = TimeSpan.FromMinutes(-90.5);
        LeaseLedger ledger = _fleet.Start();

        LimitGrant grant = await Fleet.ReserveAsync(ledger, counter);

        Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(-90), grant.ResetsAt);
        _fleet.Pass(TimeSpan.FromSeconds(31));
        Assert.Equal(10, await Fleet.LetInAsync(ledger, counter, 12));
    }

    /// <summary>A store whose clock is set back finds what was taken of the earlier minute.</summary>
    [Fact]
    public async Task Clock_ThatIsSetBack_FindsItsMinuteAgain()
    {
        LimitCounter counter = Fleet.Counter(10);
        await Fleet.LetInAsync(_fleet.Start(), counter, 6);
        _fleet.Pass(TimeSpan.FromMinutes(1));
        LeaseLedger other = _fleet.Start();
        Assert.Equal(10, await Fleet.LetInAsync(other, counter, 12));

        _fleet.Store.Ahead = TimeSpan.FromMinutes(-1);

        Assert.Equal(4, await Fleet.LetInAsync(_fleet.Start(), counter, 12));
    }

    /// <summary>While it is not sure which minute it is, neither's lease is used.</summary>
    [Fact]
    public async Task Turn_ThatIsNotSure_IsWaitedFor()
    {
        LimitCounter counter = Fleet.Counter(10);
        LeaseLedger ledger = _fleet.Start();
        _fleet.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(10, await Fleet.LetInAsync(ledger, counter, 12));

        // Half a minute later the clocks may be 15 ms apart.
        _fleet.Pass(TimeSpan.FromSeconds(30));
        Task<LimitGrant> waiting = Fleet.ReserveAsync(ledger, counter).AsTask();
        Assert.False(waiting.IsCompleted);
        _fleet.Pass(TimeSpan.FromMilliseconds(100));

        Assert.NotNull((await waiting).Hold);
    }
}
