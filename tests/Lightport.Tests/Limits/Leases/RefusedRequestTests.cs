using Lightport.Limits;
using Lightport.Limits.Leases;

namespace Lightport.Tests.Limits.Leases;

/// <summary>
/// A request that does not fit takes nothing, keeps nothing, delays nobody, and is told what is truly left.
/// </summary>
public sealed class RefusedRequestTests
{
    private const long Most = 2_000_000_000;
    private const long Small = 200_000_000;
    private const long Large = 1_995_000_000;
    private const long Used = 500_000;

    private readonly Fleet _fleet = new();
    private readonly LimitCounter _budget = Fleet.Counter(Most, LimitPeriod.Day, LimitMeasure.Money);

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public async Task Large_ThatAreRefused_StarveNobody_AndAreToldWhatIsLeft(int instances, bool isNear)
    {
        _fleet.Store.IsNear = isNear;
        LeaseLedger[] ledgers = [.. Enumerable.Range(0, instances).Select(_ => _fleet.Start())];
        long spent = 20 * Used;
        long unseen = (instances - 1) * 48 * Used;
        (await AskAsync(ledgers[0], 2 * Small)).Hold!.Settle(spent);
        for (int i = 0; i < 48; i++)
        {
            foreach (LeaseLedger ledger in ledgers)
            {
                LimitGrant large = await AskAsync(ledger, Large);
                LimitGrant small = await AskAsync(ledger, Small);

                Assert.Null(large.Hold);
                Assert.InRange(large.Left, Most - spent - (instances * 3 * Small), Most - spent + unseen);
                Assert.True(small.Hold is not null, $"The small one is refused in round {i} with {small.Left} left.");
                small.Hold.Settle(Used);
                spent += Used;
            }

            _fleet.Pass(TimeSpan.FromSeconds(i % 3 is 0 ? 0.25 : i % 3));
        }

        Assert.InRange(await _fleet.TakenAsync(_budget), spent, spent + (instances * 3 * Small));
        _fleet.Pass(15);
        Assert.Equal(spent, await _fleet.TakenAsync(_budget));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Refusals_Alone_LeaveWhatIsLeftAsItIs(bool isNear)
    {
        _fleet.Store.IsNear = isNear;
        LeaseLedger ledger = _fleet.Start();
        (await AskAsync(ledger, Small)).Hold!.Settle(2 * Small);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal((null, Most - (2 * Small)), Told(await AskAsync(ledger, Large)));
            _fleet.Pass(1);
        }

        Assert.NotNull((await AskAsync(ledger, Most - (2 * Small))).Hold);
    }

    [Fact]
    public async Task Pause_OfALargeOne_IsNotASmallerOnes()
    {
        _fleet.Store.IsNear = true;
        LeaseLedger one = _fleet.Start();
        LeaseLedger other = _fleet.Start();
        LimitGrant held = await AskAsync(one, Most - (Small / 2));
        for (int i = 0; i < 40; i++)
        {
            Assert.Null((await AskAsync(other, Large)).Hold);
            _fleet.Pass(TimeSpan.FromSeconds(0.5));
        }

        held.Hold!.Settle(Large - Small);
        await one.StoppedAsync(CancellationToken.None);

        Assert.NotNull((await AskAsync(other, Small)).Hold);
    }

    [Fact]
    public async Task Large_ThatFitsAgain_IsLetInWithinSeconds()
    {
        LeaseLedger one = _fleet.Start();
        LeaseLedger other = _fleet.Start();
        LimitGrant held = await AskAsync(one, Small);
        for (int i = 0; i < 40; i++)
        {
            Assert.Null((await AskAsync(other, Large)).Hold);
            _fleet.Pass(TimeSpan.FromSeconds(0.5));
        }

        held.Hold!.Settle(0);
        await one.StoppedAsync(CancellationToken.None);
        _fleet.Pass(10);

        Assert.NotNull((await AskAsync(other, Large)).Hold);
    }

    private static (LimitHold? Hold, long Left) Told(in LimitGrant grant) => (grant.Hold, grant.Left);

    /// <summary>Time passes while it waits for what the store may be asked.</summary>
    private async Task<LimitGrant> AskAsync(LeaseLedger ledger, long amount)
    {
        Task<LimitGrant> asked = Fleet.ReserveAsync(ledger, _budget, amount).AsTask();
        for (int i = 0; i < 16 && !asked.IsCompleted; i++)
        {
            _fleet.Pass(TimeSpan.FromSeconds(0.25));
        }

        return await asked;
    }
}
