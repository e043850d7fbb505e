using Lightport.Prices;
using Lightport.Routing;
using Lightport.Routing.Selection;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Selection;

public sealed class LeastCostSelectionTests
{
    private static readonly Route Known = Cheapest("openai/gpt-4o", "other/unheard-of", "openai/gpt-4o-mini");

    private readonly Policies _policies = new();

    [Fact]
    public void Order_KnownPrices_IsTheCheapestFirstAndTheUnknownLast() =>
        Assert.Equal(["openai/gpt-4o-mini", "openai/gpt-4o", "other/unheard-of"], Order(Known));

    [Fact]
    public void Order_SamePrice_GoesByCallsInFlight()
    {
        Route route = Cheapest("openai/gpt-4o", "openai/gpt-4o-2024-08-06");
        _policies.States.Of(route.Targets[0]).Begin();

        Assert.Equal("openai/gpt-4o-2024-08-06", Order(route)[0]);
    }

    [Fact]
    public void Order_PricesOfThisInstallation_GoBeforeTheBook()
    {
        Route route = Cheapest("openai/gpt-4o", "openai/gpt-4o-mini");
        var said = new ModelPrice(new PriceSheet(new Rates { Input = 0.01m, Output = 0.01m }), "here");
        ConfiguredProvider provider = route.Targets[0].Provider with
        {
            Prices = new PriceOverrides(new Dictionary<string, ModelPrice> { ["gpt-4o"] = said }),
        };

        Assert.Equal(
            "openai/gpt-4o",
            Order(route with { Targets = [route.Targets[0] with { Provider = provider }, route.Targets[1]] })[0]);
    }

    [Fact]
    public void Why_SaysWhatIsExpected() => Assert.Equal(
        "$0.000602 expected", Known.Selection.Why(Known.Targets[2], Asking(Known, promptTokens: 10)));

    private static Route Cheapest(params string[] targets) =>
        Route("m", targets) with { Selection = LeastCostSelection.Instance };

    private string[] Order(Route route) =>
        [.. route.Selection.Order(route.Targets, Asking(route, promptTokens: 500)).Select(target => $"{target}")];

    /// <summary>Prices have days, and the test's clock begins in 1970.</summary>
    private SelectionContext Asking(Route route, long promptTokens) =>
        new(new SelectionFacts("m", route, false, promptTokens), _policies.States, new Random(5).NextDouble)
        {
            Costs = new CostEstimator(new PriceBook(), TimeProvider.System),
        };
}
