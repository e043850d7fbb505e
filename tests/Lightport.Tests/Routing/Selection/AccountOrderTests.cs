using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Selection;

public sealed class AccountOrderTests
{
    private readonly Policies _policies = new();

    [Fact]
    public void Order_Accounts_StayTogetherLeastBusyFirst()
    {
        Route route = Of(OrderedSelection.Instance, [.. At("a/x", "one", "two"), Target("b/y")]);
        _policies.States.Of(route.Targets[0]).Begin();

        Assert.Equal(["a/x:two", "a/x:one", "b/y:"], Order(route));
    }

    [Fact]
    public void Order_EquallyBusy_IsDrawnByWeight()
    {
        Route route = Of(OrderedSelection.Instance, At("a/x", new ProviderAccount("one"), Heavy));

        int heavy = Enumerable.Range(0, 4_000).Count(_ => Order(route)[0] == "a/x:heavy");

        Assert.InRange(heavy, 2_900, 3_100);
    }

    [Fact]
    public void Order_Provisioned_ComesFirstHoweverBusy()
    {
        Route route = Of(
            OrderedSelection.Instance,
            At("a/x", new ProviderAccount("by-use"), new ProviderAccount("bought") { IsProvisioned = true }));
        _policies.States.Of(route.Targets[1]).Begin();

        Assert.Equal(["a/x:bought", "a/x:by-use"], Order(route));
    }

    [Fact]
    public void Order_AccountWithoutWeight_IsTheLast()
    {
        Route route = Of(
            OrderedSelection.Instance,
            At("a/x", new ProviderAccount("spare") { Weight = 0, IsProvisioned = true }, new ProviderAccount("one")));

        Assert.Equal(["a/x:one", "a/x:spare"], Order(route));
    }

    /// <summary>A provider with more accounts gets no more of the traffic for it.</summary>
    [Fact]
    public void Order_Weighted_SeesATargetAndNotItsAccounts()
    {
        Route route = Of(new WeightedSelection(null), [.. At("a/x", "one", "two", "three"), Target("b/y")]);

        Assert.InRange(_policies.Firsts(route, 4_000)["b/y"], 1_850, 2_150);
    }

    [Fact]
    public void Order_LeastBusy_SeesTheAccountThatWouldBeAsked()
    {
        Route route = Of(LeastBusySelection.Instance, [.. At("a/x", "one", "two"), Target("b/y")]);
        _policies.States.Of(route.Targets[0]).Begin();
        _policies.States.Of(route.Targets[2]).Begin();

        Assert.Equal("a/x:two", Order(route)[0]);
    }

    [Fact]
    public void Order_Sticky_KeepsASessionAtOneAccountHoweverBusy()
    {
        Route route = Of(new StickySelection(AffinityKey.Session), At("a/x", "one", "two", "three", "four"));
        var firsts = new List<string>();
        for (ulong session = 0; session < 400; session++)
        {
            string[] order = Order(route, session);
            TargetState state = _policies.States.Of(Array.Find([.. route.Targets], target => Name(target) == order[0])!);
            state.Begin();
            Assert.Equal(order, Order(route, session));
            firsts.Add(order[0]);
        }

        Assert.All(firsts.CountBy(first => first), count => Assert.InRange(count.Value, 70, 130));
    }

    [Fact]
    public void Order_ClientBringsItsKey_AsksOneAccountOnly()
    {
        Route route = Of(OrderedSelection.Instance, [.. At("a/x", "one", "two"), Target("b/y")]);
        SelectionFacts facts = Asking(route) with { BringsKey = true };

        Assert.Equal(
            ["a/x:one", "b/y:"],
            GroupOrder.OfOwn(route.Targets, new SelectionContext(facts, _policies.States, () => 0)).Select(Name));
    }

    [Fact]
    public void Order_SameModelTwice_IsTwoTargets()
    {
        Route route = Of(OrderedSelection.Instance, [.. At("a/x", "one", "two"), .. At("a/x", "one", "two")]);
        _policies.States.Of(route.Targets[0]).Begin();

        Assert.Equal(["a/x:two", "a/x:one", "a/x:two", "a/x:one"], Order(route));
    }

    private static ProviderAccount Heavy { get; } = new("heavy") { Weight = 3 };

    private static Target[] At(string text, params string[] accounts) =>
        At(text, [.. accounts.Select(name => new ProviderAccount(name))]);

    private static Target[] At(string text, params ProviderAccount[] accounts)
    {
        Target target = Target(text);
        ConfiguredProvider provider = target.Provider with
        {
            Accounts = [.. accounts.Select(account => target.Provider with { Account = account })],
        };
        return [.. (target with { Provider = provider }).AtAccounts()];
    }

    private static Route Of(ISelectionPolicy policy, Target[] targets) =>
        new("m", targets) { Selection = policy };

    private string[] Order(Route route, ulong session = 0) =>
        [.. GroupOrder.OfOwn(route.Targets, _policies.Asking(route, session)).Select(Name)];

    private static string Name(Target target) => $"{target}:{target.Provider.Account?.Name}";
}
