using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Selection;

public sealed class WeightedSelectionTests
{
    private readonly Policies _policies = new();

    [Theory]
    [InlineData(null)]
    [InlineData(AffinityKey.Session)]
    public void Order_ManyRequests_GivesEachItsShare(AffinityKey? by)
    {
        Route route = Policies.Weighing(new WeightedSelection(by), 90, 5, 5, 0);

        Dictionary<string, int> firsts = _policies.Firsts(route, 20_000);

        Assert.InRange(firsts["a/x"], 17_800, 18_200);
        Assert.InRange(firsts["b/x"], 850, 1_150);
        Assert.InRange(firsts["c/x"], 850, 1_150);
        Assert.DoesNotContain("d/x", firsts.Keys);
    }

    /// <summary>What the first leaves is shared by the weights of those that are left.</summary>
    [Fact]
    public void Order_AfterTheFirst_GoesByTheOthersWeights()
    {
        Route route = Policies.Weighing(new WeightedSelection(null), 100, 30, 10);
        int second = 0;
        int asked = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string[] order = _policies.Order(route);
            (asked, second) = order[0] == "a/x" ? (asked + 1, order[1] == "b/x" ? second + 1 : second) : (asked, second);
        }

        Assert.InRange((double)second / asked, 0.73, 0.77);
    }

    [Fact]
    public void Order_BySession_KeepsASessionOnItsSide()
    {
        Route route = Policies.Weighing(new WeightedSelection(AffinityKey.Session), 50, 50);

        Assert.All(Enumerable.Range(0, 50), session => Assert.Equal(
            _policies.Order(route, (ulong)session), new Policies().Order(route, (ulong)session)));
        Assert.Equal(2, _policies.Firsts(route, 50).Count);
    }
}
