using Lightport.Limits;
using Lightport.Limits.Leases;

namespace Lightport.Tests.Limits.Leases;

/// <summary>What a ledger gives, takes back and refuses.</summary>
public sealed class LeaseLedgerTests
{
    private readonly Fleet _fleet = new();

    [Fact]
    public async Task Reserve_UpToTheMost_ThenRefusedWithWhatIsLeftAndUntilWhen()
    {
        LimitCounter counter = Fleet.Counter(100);
        LeaseLedger ledger = _fleet.Start();
        _fleet.Pass(7);

        LimitGrant first = await Fleet.ReserveAsync(ledger, counter, 90);
        LimitGrant second = await Fleet.ReserveAsync(ledger, counter, 11);
        LimitGrant third = await Fleet.ReserveAsync(ledger, counter, 10);

        Assert.Equal((90, 10), (first.Hold!.Held, first.Left));
        Assert.Equal((null, 10), (second.Hold, second.Left));
        Assert.Equal((10, 0), (third.Hold!.Held, third.Left));
        Assert.All([first, second, third], grant =>
            Assert.Equal(DateTimeOffset.UnixEpoch.AddMinutes(1), grant.ResetsAt));
    }

    [Theory]
    [InlineData(nameof(LimitPeriod.Minute), 60)]
    [InlineData(nameof(LimitPeriod.Day), 86_400)]
    [InlineData(nameof(LimitPeriod.Month), 31 * 86_400)]
    public async Task Window_ThatIsOver_BeginsAnew(string period, int seconds)
    {
        LimitCounter counter = Fleet.Counter(5, Enum.Parse<LimitPeriod>(period));
        _fleet.Pass(TimeSpan.FromSeconds(seconds - 60));
        LeaseLedger ledger = _fleet.Start();

        Assert.Equal(5, await Fleet.LetInAsync(ledger, counter, 8));
        _fleet.Pass(TimeSpan.FromSeconds(59));
        Assert.Equal(0, await Fleet.LetInAsync(ledger, counter, 8));
        _fleet.Pass(TimeSpan.FromSeconds(1.5));
        Assert.Equal(5, await Fleet.LetInAsync(ledger, counter, 8));
    }

    [Fact]
    public async Task Ever_NeverBeginsAnew()
    {
        LimitCounter counter = Fleet.Counter(5, LimitPeriod.Ever, LimitMeasure.Money);
        LeaseLedger ledger = _fleet.Start();
        await Fleet.LetInAsync(ledger, counter, 8);
        _fleet.Store.Ahead = TimeSpan.FromDays(400);

        LimitGrant refused = await Fleet.ReserveAsync(_fleet.Start(), counter);

        Assert.Equal((null, null), (refused.Hold, refused.ResetsAt));
    }

    [Fact]
    public async Task Instances_Together_NeverLetInMoreThanTheMost()
    {
        LimitCounter counter = Fleet.Counter(100);
        LeaseLedger[] ledgers = [.. Enumerable.Range(0, 7).Select(_ => _fleet.Start())];
        int letIn = 0;
        for (int second = 0; second < 50; second++)
        {
            foreach (LeaseLedger ledger in ledgers)
            {
                letIn += await Fleet.LetInAsync(ledger, counter, 1 + (second % 3));
            }

            _fleet.Pass(1);
        }

        Assert.Equal(100, letIn);
    }

    [Fact]
    public async Task Hold_ThatUsedLess_LeavesTheRestToOthers_AndNothingIsHeldAtRest()
    {
        LimitCounter counter = Fleet.Counter(1000, LimitPeriod.Day, LimitMeasure.Money);
        LeaseLedger one = _fleet.Start();
        LeaseLedger other = _fleet.Start();

        LimitGrant grant = await Fleet.ReserveAsync(one, counter, 1000);
        Assert.Null((await Fleet.ReserveAsync(other, counter, 900)).Hold);
        grant.Hold!.Shrink(400);
        Assert.Equal(400, grant.Hold.Held);
        grant.Hold.Settle(100);
        grant.Hold.Settle(0);
        grant.Hold.Shrink(0);
        _fleet.Pass(4);

        Assert.NotNull((await Fleet.ReserveAsync(other, counter, 900)).Hold);
        Assert.Equal(0, one.Held);
        Assert.Equal(1000, await _fleet.TakenAsync(counter));
    }

    [Fact]
    public async Task Hold_ThatUsedMore_IsCountedWhole()
    {
        LimitCounter counter = Fleet.Counter(1000, LimitPeriod.Day, LimitMeasure.Tokens);
        LeaseLedger ledger = _fleet.Start();

        (await Fleet.ReserveAsync(ledger, counter, 100)).Hold!.Settle(700);
        _fleet.Pass(4);

        Assert.Equal(700, await _fleet.TakenAsync(counter));
        Assert.Equal(300, (await Fleet.ReserveAsync(_fleet.Start(), counter, 400)).Left);
    }

    [Fact]
    public async Task Refusal_IsRemembered_AndCostsTheStoreNothing()
    {
        LimitCounter counter = Fleet.Counter(3);
        LeaseLedger ledger = _fleet.Start();
        await Fleet.LetInAsync(ledger, counter, 4);
        int before = _fleet.Store.Operations;

        Assert.Equal(0, await Fleet.LetInAsync(ledger, counter, 1000));
        Assert.Equal(before, _fleet.Store.Operations);
        for (int second = 0; second < 50; second++)
        {
            await Fleet.LetInAsync(ledger, counter, 20);
            _fleet.Pass(1);
        }

        Assert.InRange(_fleet.Store.Operations - before, 1, 20);
    }

    [Fact]
    public async Task MoreThanTheMost_IsRefusedWithoutAskingAgain()
    {
        LimitCounter counter = Fleet.Counter(3);
        LeaseLedger ledger = _fleet.Start();
        await Fleet.ReserveAsync(ledger, counter);
        int before = _fleet.Store.Operations;

        Assert.Null((await Fleet.ReserveAsync(ledger, counter, 4)).Hold);
        Assert.Equal(before, _fleet.Store.Operations);
    }

    [Fact]
    public async Task Lease_OfASteadyLoad_AsksLessThanOnceASecond()
    {
        LimitCounter counter = Fleet.Counter(100_000);
        LeaseLedger ledger = _fleet.Start();
        for (int i = 0; i < 59 * 20; i++)
        {
            Assert.NotNull((await Fleet.ReserveAsync(ledger, counter)).Hold);
            _fleet.Pass(TimeSpan.FromSeconds(0.05));
        }

        Assert.InRange(_fleet.Store.Operations, 10, 59);
        Assert.InRange(await _fleet.TakenAsync(counter), 59 * 20, 62 * 20 + 60);
    }

    [Fact]
    public async Task Counters_OutOfUse_AreGivenBackAndForgotten()
    {
        LeaseLedger ledger = _fleet.Start();
        for (int key = 0; key < 100; key++)
        {
            LimitGrant grant = await Fleet.ReserveAsync(
                ledger, Fleet.Counter(1000, LimitPeriod.Day) with { Subject = $"key:{key}" }, 100);
            grant.Hold!.Settle(1);
        }

        Assert.Equal(100, ledger.Count);
        _fleet.Pass(70);

        Assert.Equal(0, ledger.Count);
        Assert.Equal(1, await _fleet.TakenAsync(Fleet.Counter(1000, LimitPeriod.Day) with { Subject = "key:7" }));
        Assert.NotNull((await Fleet.ReserveAsync(
            ledger, Fleet.Counter(1000, LimitPeriod.Day) with { Subject = "key:7" }, 300)).Hold);
    }

    [Fact]
    public async Task End_GivesBackWhatNobodyHolds()
    {
        LimitCounter counter = Fleet.Counter(1000, LimitPeriod.Month, LimitMeasure.Money);
        LeaseLedger ledger = _fleet.Start();
        (await Fleet.ReserveAsync(ledger, counter, 600)).Hold!.Settle(10);

        await ledger.StoppedAsync(CancellationToken.None);

        Assert.Equal(10, await _fleet.TakenAsync(counter));
    }

    [Fact]
    public async Task Killed_MoneyThatItHadCountsAsSpent_AndARateDiesWithItsWindow()
    {
        LimitCounter money = Fleet.Counter(1000, LimitPeriod.Ever, LimitMeasure.Money);
        LimitCounter rate = Fleet.Counter(1000);
        LeaseLedger killed = _fleet.Start();
        await Fleet.ReserveAsync(killed, money, 600);
        await Fleet.ReserveAsync(killed, rate, 600);

        LeaseLedger other = _fleet.Start();
        Assert.Equal(400, (await Fleet.ReserveAsync(other, money, 500)).Left);
        Assert.Equal(400, (await Fleet.ReserveAsync(other, rate, 500)).Left);
        _fleet.Pass(TimeSpan.FromMinutes(2));

        Assert.Null((await Fleet.ReserveAsync(other, money, 500)).Hold);
        Assert.NotNull((await Fleet.ReserveAsync(other, rate, 1000)).Hold);
    }
}
