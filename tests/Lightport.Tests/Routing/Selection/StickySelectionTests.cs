using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Selection;

public sealed class StickySelectionTests
{
    private const int Sessions = 10_000;

    private readonly Policies _policies = new();

    [Fact]
    public void Order_SameSession_IsTheSameOnEveryInstance() =>
        Assert.All(Enumerable.Range(0, 100), session => Assert.Equal(
            _policies.Order(Sticky(1, 1, 1), (ulong)session), new Policies().Order(Sticky(1, 1, 1), (ulong)session)));

    /// <summary>Held to these words: a session that moved with a new version would lose its provider's cache.</summary>
    [Fact]
    public void Order_GoesByAHashThatNeverChanges() => Assert.Equal(
        "cbabccbaba",
        string.Concat(Enumerable.Range(0, 10).Select(session => _policies.Order(Sticky(1, 1, 1), (ulong)session)[0][0])));

    [Fact]
    public void Order_ATargetComes_MovesOnlyItsShareAndOnlyToIt()
    {
        (int moved, int elsewhere) = Moves(Sticky(1, 1, 1), Sticky(1, 1, 1, 1), "d/x");

        Assert.InRange(moved, Sessions / 4 * 0.95, Sessions / 4 * 1.05);
        Assert.Equal(0, elsewhere);
    }

    [Fact]
    public void Order_ATargetGoes_MovesOnlyItsOwnAndToAllOthers()
    {
        Route less = Sticky(1, 1, 1) with { Targets = [.. Sticky(1, 1, 1).Targets.Skip(1)] };
        string[] before = Firsts(Sticky(1, 1, 1));
        string[] after = Firsts(less);

        Assert.All(before.Zip(after), pair => Assert.True(pair.First == "a/x" || pair.First == pair.Second));
        Assert.InRange(
            before.Zip(after).Count(pair => pair is ("a/x", "b/x")), Sessions / 6 * 0.9, Sessions / 6 * 1.1);
    }

    [Fact]
    public void Order_Fails_ComesToTheOneThatTheSessionWouldHaveWithoutTheFirst()
    {
        Route all = Sticky(1, 1, 1, 1);
        for (int session = 0; session < 200; session++)
        {
            string[] order = _policies.Order(all, (ulong)session);
            Route left = all with { Targets = [.. all.Targets.Where(target => $"{target}" != order[0])] };
            Assert.Equal(order[1..], _policies.Order(left, (ulong)session));
        }
    }

    [Fact]
    public void Order_AWeightGrows_OnlyMovesSessionsToIt()
    {
        (int moved, int elsewhere) = Moves(Sticky(1, 1), Sticky(1, 3), "b/x");

        Assert.InRange(moved, Sessions / 4 * 0.95, Sessions / 4 * 1.05);
        Assert.Equal(0, elsewhere);
    }

    private static Route Sticky(params int[] weights) =>
        Policies.Weighing(new StickySelection(AffinityKey.Session), weights);

    private (int Moved, int Elsewhere) Moves(Route before, Route after, string to)
    {
        (string First, string Second)[] pairs = [.. Firsts(before).Zip(Firsts(after)).Where(pair => pair.First != pair.Second)];
        return (pairs.Length, pairs.Count(pair => pair.Second != to));
    }

    private string[] Firsts(Route route) => [.. Enumerable.Range(0, Sessions)
        .Select(session => _policies.Order(route, (ulong)session * 0x9E3779B97F4A7C15)[0])];
}
