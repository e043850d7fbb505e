using Lightport.Bench.Routing.Contenders;
using Lightport.Bench.Routing.Load;
using Lightport.Bench.Routing.Report;
using Lightport.Bench.Routing.Scenarios;

namespace Lightport.Tests.Routing.Simulated;

/// <summary>What the simulation shows can be shown again.</summary>
public sealed class ReplayTests
{
    private static readonly Scenario[] Short =
        [.. ScenarioList.All.Select(scenario => scenario with { Load = new LoadPlan(20, TimeSpan.FromSeconds(80)) })];

    private static readonly Lazy<string> Seven = new(() => Write(seed: 7));

    [Fact]
    public void Report_OfOneSeed_IsTheSameToTheLastByte() => Assert.Equal(Seven.Value, Write(seed: 7));

    [Fact]
    public void Report_OfAnotherSeed_IsAnother() => Assert.NotEqual(Seven.Value, Write(seed: 8));

    private static string Write(ulong seed) => RoutingReport.Write(Short, ContenderList.All, seed);
}
