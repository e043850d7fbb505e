using Lightport.Bench.Limits.Fleet;
using Lightport.Bench.Limits.Scenarios;
using Lightport.Limits;

namespace Lightport.Tests.Limits.Simulated;

/// <summary>What a limit promises over up to a thousand instances, whatever fails.</summary>
public sealed class FleetPromiseTests
{
    private const ulong Seed = 42;

    public static TheoryData<string> Plans => [.. PlanList.All.Select(plan => plan.Name)];

    /// <summary>
    /// Of what more is asked of than there is, hardly anything stays unused where nothing fails: of a thousand requests
    /// a minute one in a hundred, of tokens three in two hundred, of a small limit one request.
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
            // Requests for many tokens at once leave more of a row's part over than small ones do.
            double share = plan.Counter.Measure == LimitMeasure.Tokens ? 0.015 : 0.01;
            Assert.InRange(figures.MostUnused!.Value, 0, Math.Max(1, plan.Counter.Most * share));
        }
    }
}
