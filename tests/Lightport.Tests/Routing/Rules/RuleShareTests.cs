using Lightport.Routing.Rules;

namespace Lightport.Tests.Routing.Rules;

public sealed class RuleShareTests
{
    private const int Sessions = 100_000;

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void Share_OfManySessions_IsAsLargeAsItSays(double part)
    {
        RuleShare share = RuleShare.Of(part, "canary");
        int taken = Enumerable.Range(0, Sessions).Count(session => share.Has((ulong)session));

        // Six times the deviation that a fair draw has.
        double allowed = 6 * Math.Sqrt(Sessions * part * (1 - part));
        Assert.InRange(taken, (Sessions * part) - allowed, (Sessions * part) + allowed);
    }

    [Fact]
    public void Share_ThatGrows_KeepsItsSessions() => Assert.All(
        Enumerable.Range(0, 1_000).Where(session => RuleShare.Of(0.05, "canary").Has((ulong)session)),
        session => Assert.True(RuleShare.Of(0.1, "canary").Has((ulong)session)));

    [Fact]
    public void Shares_OfTwoRules_AreIndependent()
    {
        RuleShare one = RuleShare.Of(0.5, "one");
        RuleShare other = RuleShare.Of(0.5, "other");

        int both = Enumerable.Range(0, Sessions).Count(session => one.Has((ulong)session) && other.Has((ulong)session));

        Assert.InRange(both, Sessions * 0.24, Sessions * 0.26);
    }

    /// <summary>The same in every process and every release: a canary's sessions stay where they were.</summary>
    [Fact]
    public void Share_OfASession_NeverChanges() => Assert.Equal(
        [9, 19, 20, 22, 29, 32, 35],
        Enumerable.Range(0, 40).Where(session => RuleShare.Of(0.25, "canary").Has((ulong)session)));
}
