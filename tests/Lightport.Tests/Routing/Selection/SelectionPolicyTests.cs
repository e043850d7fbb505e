using FsCheck;
using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Selection;

/// <summary>What holds for every policy.</summary>
public sealed class SelectionPolicyTests
{
    private readonly Policies _policies = new();

    public static TheoryData<string> Names => [.. SelectionPolicies.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Order_AnyTargets_HasEachOnceAndThoseWithoutWeightLast(string name) =>
        Prop.ForAll<NonEmptyArray<byte>, ulong>((given, session) =>
        {
            int[] weights = [.. given.Get.Take(20).Select(weight => name == "ordered" ? 1 : weight % 4)];
            Route route = Policies.Weighing(SelectionPolicies.Create(name)!, weights);

            IReadOnlyList<Target> order = route.Selection.Order(route.Targets, _policies.Asking(route, session));

            return order.Count == weights.Length
                && order.Distinct().Count() == weights.Length
                && order.SkipWhile(target => target.Weight > 0).All(target => target.Weight == 0);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Names))]
    public void Create_KnowsItselfByItsName(string name) =>
        Assert.Equal(name, SelectionPolicies.Create(name)!.Name);

    [Fact]
    public void Create_AnotherName_IsNone() => Assert.Null(SelectionPolicies.Create("fastest"));

    [Theory]
    [InlineData("weighted", "weight 3")]
    [InlineData("round-robin", "in turn, weight 3")]
    [InlineData("least-latency", "0 ms expected, 0 in flight")]
    [InlineData("least-cost", "no known price")]
    [InlineData("least-busy", "0 in flight, weight 3")]
    [InlineData("sticky", "by session, weight 3")]
    [InlineData("ordered", null)]
    public void Why_SaysWhatThePlaceGoesBy(string name, string? expected)
    {
        Route route = Policies.Weighing(SelectionPolicies.Create(name)!, 3);

        Assert.Equal(expected, route.Selection.Why(route.Targets[0], _policies.Asking(route)));
    }
}
