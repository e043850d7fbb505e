using FsCheck;
using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Selection;

public sealed class RoundRobinSelectionTests
{
    private readonly Policies _policies = new();

    [Fact]
    public void Order_AnyWeights_IsExactInEveryRound() => Prop.ForAll<NonEmptyArray<byte>>(given =>
    {
        int[] weights = [.. given.Get.Take(6).Select(weight => weight % 8), 1];
        Route route = Policies.Weighing(new RoundRobinSelection(), weights);
        return Enumerable.Range(0, 2).All(_ =>
        {
            Dictionary<string, int> firsts = _policies.Firsts(route, weights.Sum());
            return route.Targets.All(target => firsts.GetValueOrDefault($"{target}") == target.Weight);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Order_UnequalWeights_AreSpreadOverTheRound()
    {
        Route route = Policies.Weighing(new RoundRobinSelection(), 80, 20);

        string[] firsts = [.. Enumerable.Range(0, 20).Select(_ => _policies.Order(route)[0])];

        Assert.All(firsts.Chunk(5), five => Assert.Single(five, first => first == "b/x"));
    }

    [Fact]
    public void Order_FirstIsDown_LeavesItsTurnsToAllOthers()
    {
        Route route = Policies.Weighing(new RoundRobinSelection(), 1, 1, 1);

        Dictionary<string, int> seconds = Enumerable.Range(0, 3000)
            .Select(_ => _policies.Order(route))
            .Where(order => order[0] == "b/x")
            .CountBy(order => order[1])
            .ToDictionary();

        Assert.InRange(seconds["a/x"], 400, 600);
        Assert.InRange(seconds["c/x"], 400, 600);
    }

    /// <summary>A client that counts before each request would else ask for every second turn only.</summary>
    [Fact]
    public void Order_OnlyALook_TakesNoTurnAndSeesWhoseItIs()
    {
        Route route = Policies.Weighing(new RoundRobinSelection(), 1, 1);
        for (int i = 0; i < 6; i++)
        {
            string seen = _policies.Order(route, looks: true)[0];
            Assert.Equal(seen, _policies.Order(route)[0]);
        }
    }

    [Fact]
    public void Order_ManyAtOnce_IsStillExact()
    {
        Route route = Policies.Weighing(new RoundRobinSelection(), 1, 2, 3);
        string[] firsts = new string[6000];

        Parallel.For(0, firsts.Length, i => firsts[i] = new Policies().Order(route)[0]);

        Assert.Equal(
            [("a/x", 1000), ("b/x", 2000), ("c/x", 3000)],
            firsts.CountBy(first => first).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }
}
