using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.Eligibility;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using Moq;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Selection;

public sealed class TargetSelectorTests
{
    [Fact]
    public void Select_OneTargetThatNothingSpeaksAgainst_AllocatesNothing()
    {
        Route route = Route("m", "a/x");
        TargetSelector selector = Selector(Filter());
        Assert.Same(route.Targets, selector.Select(Asking(route)).Targets);

        SelectionFacts asked = Asking(route);
        long before = GC.GetAllocatedBytesForCurrentThread();
        selector.Select(asked);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Select_Policy_OrdersTheOwnTargetsAndNeverTheFallbacks()
    {
        var policy = new Mock<ISelectionPolicy>();
        policy
            .Setup(order => order.Order(It.IsAny<IReadOnlyList<Target>>(), in It.Ref<SelectionContext>.IsAny))
            .Returns((IReadOnlyList<Target> targets, SelectionContext _) => [.. targets.Reverse()]);
        Route route = Route("m", "a/x", "b/y", "c/z", "d/w") with { Own = 2, Selection = policy.Object };

        Assert.Equal(["b/y", "a/x", "c/z", "d/w"], Names(Selector().Select(Asking(route)).Targets));
    }

    [Fact]
    public void Select_WhatAFilterHasAReasonAgainst_IsPassedOverAndToldWithIt()
    {
        Route route = Route("m", "a/x", "b/y", "c/z") with { Own = 2 };

        SelectedTargets selected = Selector(Filter("a/x", "c/z")).Select(Asking(route));

        Assert.Equal(["b/y"], Names(selected.Targets));
        Assert.Equal(
            ["a/x: not a/x.", "c/z: not c/z."],
            selected.PassedOver.Select(passed => $"{passed.Target}: {passed.Reason}"));
    }

    [Fact]
    public void Select_NoneLeft_SaysWhyOfEach()
    {
        SelectedTargets selected = Selector(Filter("a/x", "b/y")).Select(Asking(Route("m", "a/x", "b/y")));

        Assert.Empty(selected.Targets);
        GatewayError error = selected.NoneLeft("m");
        Assert.Equal((400, "no_target_can"), (error.Status, error.Code));
        Assert.Equal("No target of 'm' can take this request. a/x: not a/x. b/y: not b/y.", error.Message);
    }

    private static IEnumerable<string> Names(IEnumerable<Target> targets) => targets.Select(target => $"{target}");

    private static TargetSelector Selector(params ITargetFilter[] filters) =>
        new(filters, new TargetStates(TimeProvider.System), () => 0);

    private static NamedFilter Filter(params string[] not) => new(not);

    private sealed class NamedFilter(string[] not, FilterEffect effect = FilterEffect.Bars) : ITargetFilter
    {
        public FilterEffect Effect => effect;

        public string? WhyNot(Target target, in SelectionFacts request) =>
            not.Length > 0 && not.Contains($"{target}") ? $"not {target}." : null;
    }
}
