using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Selection;

public sealed class LeastBusySelectionTests
{
    private readonly Policies _policies = new();

    [Fact]
    public void Order_GoesByCallsInFlightForTheWeight()
    {
        Route route = Policies.Weighing(LeastBusySelection.Instance, 1, 4, 1);
        Begin(route, 2, 4, 3);

        Assert.Equal(["b/x", "a/x", "c/x"], _policies.Order(route));
    }

    [Fact]
    public void Order_EquallyBusy_IsDrawnByWeight()
    {
        Dictionary<string, int> firsts =
            _policies.Firsts(Policies.Weighing(LeastBusySelection.Instance, 1, 3), 10_000);

        Assert.InRange(firsts["b/x"], 7_300, 7_700);
    }

    private void Begin(Route route, params int[] calls)
    {
        for (int i = 0; i < calls.Length; i++)
        {
            for (int call = 0; call < calls[i]; call++)
            {
                _policies.States.Of(route.Targets[i]).Begin();
            }
        }
    }
}
