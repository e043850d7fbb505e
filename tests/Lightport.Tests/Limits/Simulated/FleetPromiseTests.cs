using Lightport.Bench.Limits.Fleet;
using Lightport.Bench.Limits.Scenarios;

namespace Lightport.Tests.Limits.Simulated;

/// <summary>What a limit promises over up to a thousand instances, whatever fails.</summary>
public sealed class FleetPromiseTests
{
    private const ulong Seed = 42;

    public static TheoryData<string> Plans => [.. PlanList.All.Select(plan => plan.Name)];

    /// <summary>
    /// Of what more is asked of than there is, hardly anything stays unused where nothing fails: one in a hundred, of a
    /// small limit one request.
    /// </summary>
    [Theory]
    [MemberData(nameof(Plans))]
    public void Limit_IsNeverOver_AndHardlyUnused_AtFewOperations_WithNothingHeldAtRest(string name)
    {
        FleetPlan plan = PlanList.All.Single(plan => plan.Name == name);
        Figures figures = FleetRun.Run(plan, Seed);

        Assert.InRange(figures.MostUsed, double.Epsilon, 1);
        Assert.InRange(figures.MeanOperations, 0, 1);
        Assert.InRange(figures.MostOperations, 0, 1);
        Assert.Equal(0, figures.HeldAtRest);
        if (!plan.HasFaults)
        {
            Assert.True(figures.Unknown == 0 || figures.Throttled > 0, "Nobody could say, and the store was well.");
            Assert.InRange(figures.MostUnused!.Value, 0, Math.Max(1, plan.Counter.Most / 100));
        }
    }

    /// <summary>The hardest: a request holds thrice what it uses, and what runs at a minute's end is lost with it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Tokens_AreHardlyUnused_WhateverTheSeed(int seed)
    {
        Figures figures = FleetRun.Run(PlanList.All.Single(plan => plan.Name == "tokens"), (ulong)seed);

        Assert.InRange(figures.MostUsed, 0.98, 1);
        Assert.InRange(figures.MostUnused!.Value, 0, 10_000);
        Assert.InRange(figures.MostOperations, 0, 1);
        Assert.Equal(0, figures.Unknown);
    }

    /// <summary>
    /// What is lost by faults is what killed instances had in hand, and the few writings that another has written over
    /// before anybody could look whether they were made.
    /// </summary>
    [Theory]
    [InlineData("rate-faults", 0.02)]
    [InlineData("money-faults", 0.05)]
    public void Faults_LeaveLittleUnused(string name, double share)
    {
        FleetPlan plan = PlanList.All.Single(plan => plan.Name == name);
        Figures figures = FleetRun.Run(plan, Seed);

        Assert.InRange(figures.MostUsed, 0.9, 1);
        Assert.InRange(figures.MostUnused!.Value, 0, plan.Counter.Most * share);
    }
}
