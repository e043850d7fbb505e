using Lightport.Bench.Limits.Fleet;
using Lightport.Bench.Limits.Scenarios;

namespace Lightport.Tests.Limits.Simulated;

/// <summary>What a limit promises over up to a thousand instances, whatever fails.</summary>
public sealed class FleetPromiseTests
{
    private const ulong Seed = 42;

    /// <summary>The largest takes a while, and is run by hand.</summary>
    public static TheoryData<string> Plans =>
        [.. PlanList.All.Where(plan => plan.RequestsPerSecond < 500).Select(plan => plan.Name)];

    [Theory]
    [MemberData(nameof(Plans))]
    public void Limit_IsNeverOver_AtFewOperations_AndNothingIsHeldAtRest(string name)
    {
        Figures figures = Run(name);

        Assert.InRange(figures.MostUsed, double.Epsilon, 1);
        Assert.InRange(figures.MeanOperations, 0, 1);
        Assert.InRange(figures.MostOperations, 0, 1);
        Assert.Equal(0, figures.HeldAtRest);
    }

    /// <summary>Of a thousand a minute one in a hundred; of a small limit one request.</summary>
    [Theory]
    [InlineData("small-rate", 1)]
    [InlineData("rate", 10)]
    public void Limit_ThatMoreIsAskedOf_IsHardlyUnused(string name, long most) =>
        Assert.InRange(Run(name).MostUnused!.Value, 0, most);

    private static Figures Run(string name) => FleetRun.Run(PlanList.All.Single(plan => plan.Name == name), Seed);
}
