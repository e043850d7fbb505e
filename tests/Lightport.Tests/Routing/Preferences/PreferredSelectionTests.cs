using Lightport.Prices;
using Lightport.Routing;
using Lightport.Routing.Preferences;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Preferences;

/// <summary>The order that a request wishes for.</summary>
public sealed class PreferredSelectionTests
{
    private readonly TargetStates _states = new(TimeProvider.System);
    private readonly Route _route = Route("m", "a/x", "b/y", "c/z");

    [Fact]
    public void Throughput_QuickestFirst()
    {
        Measure(10, 30, 20);

        Assert.Equal("b/y c/z a/x", Order(new() { Endpoint = "", Sort = PreferredSort.Throughput }));
    }

    /// <summary>Whoever was never measured is measured next, by one request at a time.</summary>
    [Fact]
    public void Throughput_Unmeasured_IsTriedByOneRequestAtATime()
    {
        Measure(10, 30);
        var wanted = new RoutingPreferences { Endpoint = "", Sort = PreferredSort.Throughput };
        Assert.Equal("c/z b/y a/x", Order(wanted));

        _states.Of(_route.Targets[2]).Begin();
        Assert.Equal("b/y a/x c/z", Order(wanted));
    }

    /// <summary>Who may cost anything comes last.</summary>
    [Fact]
    public void Price_CheapestFirstAndTheUnknownLast()
    {
        Route route = Route("m", "other/unheard-of", "openai/gpt-4o", "openai/gpt-4o-mini");
        var selection = new PreferredSelection(new() { Endpoint = "", Sort = PreferredSort.Price }, route.Selection);
        var context = new SelectionContext(Asking(route), _states, () => 0)
        {
            Costs = new CostEstimator(new PriceBook(), TimeProvider.System),
        };

        Assert.Equal(
            "openai/gpt-4o-mini openai/gpt-4o other/unheard-of",
            string.Join(' ', selection.Order(route.Targets, context)));
        Assert.EndsWith("expected", selection.Why(route.Targets[2], context), StringComparison.Ordinal);
    }

    /// <summary>Who only likes it quick keeps the session where its route keeps it.</summary>
    [Fact]
    public void Sort_GoesBeforeWhatTheRouteKeepsTogether_OtherWishesDoNot()
    {
        var sticky = new StickySelection(AffinityKey.User);

        Assert.Null(new PreferredSelection(new() { Endpoint = "", Sort = PreferredSort.Price }, sticky).By);
        Assert.Equal(AffinityKey.User, new PreferredSelection(new() { Endpoint = "", Order = ["a"] }, sticky).By);
    }

    [Theory]
    [InlineData(15, "b/y c/z a/x")]
    [InlineData(25, "b/y a/x c/z")]
    [InlineData(99, "a/x b/y c/z")]
    public void MinThroughput_PutsTheSlowerBehindAndLeavesTheirOrder(double least, string order)
    {
        Measure(10, 30, 20);

        Assert.Equal(order, Order(new() { Endpoint = "", MinThroughput = least }));
    }

    [Fact]
    public void Order_GoesBeforeAllElse()
    {
        Measure(10, 30, 20);

        Assert.Equal("c/z b/y a/x", Order(new() { Endpoint = "", Order = ["c"], MinThroughput = 25 }));
    }

    [Fact]
    public void NoFallbacks_LeaveTheFirst() =>
        Assert.Equal("a/x", Order(new() { Endpoint = "", AllowFallbacks = false }));

    /// <summary>Each answer counts for a fifth.</summary>
    [Fact]
    public void Throughput_FollowsWhatIsMeasured()
    {
        TargetState state = _states.Of(_route.Targets[0]);
        Assert.Null(state.Throughput);
        state.Measure(0, TimeSpan.FromSeconds(1));
        state.Measure(5, TimeSpan.Zero);
        Assert.Null(state.Throughput);

        state.Measure(100, TimeSpan.FromSeconds(1));
        state.Measure(100, TimeSpan.FromSeconds(2));
        Assert.Equal(90, state.Throughput);
    }

    private void Measure(params int[] perSecond)
    {
        for (int i = 0; i < perSecond.Length; i++)
        {
            _states.Of(_route.Targets[i]).Measure(perSecond[i], TimeSpan.FromSeconds(1));
        }
    }

    private string Order(RoutingPreferences wanted) => string.Join(' ', new PreferredSelection(wanted, _route.Selection)
        .Order(_route.Targets, new SelectionContext(Asking(_route), _states, () => 0)));
}
