using Lightport.Configuration;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Tests.Configuration;

public sealed class SelectionReaderTests
{
    [Theory]
    [InlineData("weighted", "weighted", null)]
    [InlineData("{ policy: weighted, by: session }", "weighted", AffinityKey.Session)]
    [InlineData("sticky", "sticky", AffinityKey.Session)]
    [InlineData("{ policy: sticky, by: user }", "sticky", AffinityKey.User)]
    [InlineData("{ policy: sticky, by: prompt }", "sticky", AffinityKey.Prompt)]
    [InlineData("{ policy: round-robin }", "round-robin", null)]
    public void Load_Select_IsTheRoutesPolicy(string select, string name, AffinityKey? by)
    {
        ISelectionPolicy policy = Model($$"""
            models: { m: { select: {{select}}, targets: [openai/x, anthropic/y] } }
            """).Selection;

        Assert.Equal((name, by), (policy.Name, policy.By));
    }

    [Fact]
    public void Load_Weights_AreTheTargets()
    {
        Route route = Model("""
            models: { m: { select: weighted, targets: [{ to: openai/x, weight: 90 }, { to: openai/y, weight: 0 }, openai/z] } }
            """);

        Assert.Equal([90, 0, 1], route.Targets.Select(target => target.Weight));
    }

    /// <summary>Each route has its own turns.</summary>
    [Fact]
    public void Load_RoundRobin_IsNotSharedByRoutes()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            models:
              a: { select: round-robin, targets: [openai/x, openai/y] }
              b: { select: round-robin, targets: [openai/x, openai/y] }
            """);

        Assert.NotSame(
            configuration.Routing.Models["a"].Selection, configuration.Routing.Models["b"].Selection);
    }

    [Fact]
    public void Load_Alias_HasTheSelectionOfWhatItStandsFor()
    {
        Route alias = Model("""
            models:
              m: spread
              spread: { select: sticky, targets: [openai/x, anthropic/y], fallback: [openai/z] }
            """);

        Assert.Equal(("sticky", 2), (alias.Selection.Name, alias.Own));
    }

    /// <summary>A fallback entry is tried in its own order, at its place.</summary>
    [Fact]
    public void Load_FallbackEntry_KeepsItsOwnSelectionForItsOwnTargets()
    {
        Route route = Model("""
            models:
              m: { targets: [openai/a], fallback: [openai/b, turns, anthropic/last] }
              turns: { select: round-robin, targets: [openai/x, anthropic/y], fallback: [openai/z] }
            """);

        Assert.Equal(
            ["openai/a, openai/b, openai/x, anthropic/y, openai/z, anthropic/last",
                "openai/a, openai/b, anthropic/y, openai/x, openai/z, anthropic/last"],
            Orders(route, 20).Distinct().Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void Load_EntryAmongTargetsThatAreTriedAsWritten_KeepsItsOwnSelection()
    {
        Route route = Model("""
            models:
              m: [openai/a, turns]
              turns: { select: round-robin, targets: [openai/x, anthropic/y] }
            """);

        Assert.Equal(
            ["openai/a, anthropic/y, openai/x", "openai/a, openai/x, anthropic/y"],
            Orders(route, 20).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_WildcardWithASelection_HasItForEveryName()
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            models: { "any-*": { select: weighted, targets: [{ to: openai/*, weight: 3 }, anthropic/*] } }
            """);

        Route route = RouteResolver.Resolve(configuration.Routing, new RouteQuestion("any-x")).Route!;

        Assert.Equal(("weighted", 3), (route.Selection.Name, route.Targets[0].Weight));
    }

    private static Route Model(string text) => TestConfiguration.LoadValid(text).Routing.Models["m"];

    private static IEnumerable<string> Orders(Route route, int times)
    {
        var selector = new TargetSelector([], new TargetStates(TimeProvider.System), new Random(3).NextDouble);
        return Enumerable.Range(0, times).Select(_ => string.Join(
            ", ", selector.Select(new SelectionFacts(route.Name, route, false, 1)).Targets));
    }
}
