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

    private static readonly LoadPlan Load = new(60, TimeSpan.FromMinutes(10));

    public static TheoryData<string> Policies => [.. SelectionPolicies.Names];

    [Theory]
    [MemberData(nameof(Policies))]
    public void ThirtyPercentFailing_NinetySevenSucceed_AtFewAttempts(string policy)
    {
        Figures figures = Run(ScenarioList.ThirtyPercent, policy);

        Assert.InRange(figures.Success, 0.97, 1);
        Assert.InRange(figures.AttemptsPerRequest, 1, 1.4);
    }

    private static Figures Run(Scenario scenario, string policy) =>
        Simulation.Run(scenario with { Load = Load }, ContenderList.Router(policy), Seed);
}
