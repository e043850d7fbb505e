using Lightport.Bench.Routing.Contenders;
using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Run;
using Lightport.Bench.Routing.Scenarios;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Simulated;

/// <summary>What the router promises of requests while upstreams fail, under each of its policies.</summary>
public sealed class PromiseTests
{
    private const ulong Seed = 42;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Policies => [.. SelectionPolicies.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void OneOfThreeDown_NearlyAllSucceed_AndAreHardlySlower(string policy)
    {
        Figures healthy = Run(ScenarioList.Healthy, policy);
        Figures figures = Run(ScenarioList.OneDown, policy);

        Assert.InRange(figures.Success, 0.999, 1);
        Assert.InRange(figures.Percentile99, TimeSpan.Zero, healthy.Percentile99 * 1.5);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ThirtyPercentFailing_NinetySevenSucceed_AtFewAttempts(string policy)
    {
        // Three attempts' own odds are 97.3 %; the retry budget takes hardly any of them at this load.
        Scenario scenario = ScenarioList.ThirtyPercent with { Load = new LoadPlan(100, 6 * Minute) };

        Figures figures = Simulation.Run(scenario, RouterContender.Of(policy), Seed);

        Assert.InRange(figures.Success, 0.97, 1);
        Assert.InRange(figures.AttemptsPerRequest, 1, 1.4);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void EverythingFailing_IsHardlyTriedAgain(string policy)
    {
        Figures figures = Run(ScenarioList.AllDown, policy);

        Assert.InRange(figures.MostAttemptsPerRequest(TimeSpan.FromSeconds(10)), 1, 1.2);
    }

    /// <summary>
    /// The upstream that was away is never asked for more in a second than half as much again as before it went.
    /// </summary>
    [Theory]
    [MemberData(nameof(Policies))]
    public void AfterAnOutage_TheLoadComesBackWithoutAHerd(string policy)
    {
        TimeSpan second = TimeSpan.FromSeconds(1);

        Figures figures = Run(ScenarioList.Outage, policy);

        int before = figures.Peak(0, TimeSpan.Zero, Minute, second);
        int after = figures.Peak(0, 2 * Minute, 3 * Minute, second);
        Assert.InRange(after, before / 2, before * 3 / 2);
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void TenInstances_SpreadTheLoadAsOneDoes(string policy)
    {
        foreach (Scenario scenario in new[] { ScenarioList.Healthy, ScenarioList.Outage, ScenarioList.Crowded })
        {
            Figures one = Run(scenario, policy);
            Figures ten = Run(scenario with { Instances = 10 }, policy);

            Assert.All(one.Shares.Zip(ten.Shares), share =>
                Assert.InRange(share.Second, share.First - 0.05, share.First + 0.05));
        }
    }

    [Fact]
    public void Sticky_KeepsPromptCachesWarm_WhereOthersCannot()
    {
        double sticky = Run(ScenarioList.Caches, "sticky").CacheHits;
        double spread = Run(ScenarioList.Caches, "round-robin").CacheHits;

        Assert.InRange(sticky, spread * 1.5, 1);
    }

    [Fact]
    public void LeastCost_CostsLeast()
    {
        double cheapest = Run(ScenarioList.Prices, "least-cost").CostPerThousand;

        Assert.All(
            SelectionPolicies.Names.Where(policy => policy != "least-cost"),
            policy => Assert.InRange(cheapest, 0, Run(ScenarioList.Prices, policy).CostPerThousand / 2));
    }

    [Fact]
    public void LeastLatency_LeavesTheSlowAlone()
    {
        TimeSpan quick = Run(ScenarioList.Slow, "least-latency").Percentile99;

        Assert.InRange(quick, TimeSpan.Zero, Run(ScenarioList.Slow, "round-robin").Percentile99 / 2);
    }

    /// <summary>For a few percent more attempts, and what their prompts cost.</summary>
    [Fact]
    public void Hedge_ThatLearnsWhatIsSlow_SparesTheSlowestRequests_ForAFewPercent()
    {
        Figures plain = Run(ScenarioList.Stragglers, ContenderList.Router("round-robin"));
        Figures hedged = Run(ScenarioList.Stragglers, ContenderList.HedgedBySlowest);

        Assert.InRange(hedged.Percentile99, TimeSpan.Zero, plain.Percentile99 / 2);
        Assert.InRange(hedged.Median, TimeSpan.Zero, plain.Median * 1.05);
        Assert.InRange(hedged.AttemptsPerRequest, 1.03, 1.1);
        Assert.InRange(hedged.CostPerThousand, plain.CostPerThousand, plain.CostPerThousand * 1.1);
    }

    /// <summary>Where everything is slow, asking twice would double what makes it slow.</summary>
    [Fact]
    public void Hedge_WhereEverythingIsSlow_IsHeldByTheBudget()
    {
        Figures hedged = Run(ScenarioList.AllSlow, ContenderList.HedgedAfterTwoSeconds);

        Assert.Equal(1, hedged.Success);
        Assert.InRange(hedged.MostAttemptsPerRequest(TimeSpan.FromSeconds(10)), 1.05, 1.12);
    }

    /// <summary>What hedges spend must not be missing where an attempt has failed.</summary>
    [Fact]
    public void Hedge_WhereATargetHangs_LeavesTheOthersTheirFallback() =>
        Assert.Equal(1, Run(ScenarioList.OneHangs, ContenderList.HedgedAfterTwoSeconds).Success);

    private static Figures Run(Scenario scenario, string policy) => Run(scenario, RouterContender.Of(policy));

    private static Figures Run(Scenario scenario, ContenderPlan contender) =>
        Simulation.Run(scenario with { Load = new LoadPlan(60, 3 * Minute) }, contender, Seed);
}
