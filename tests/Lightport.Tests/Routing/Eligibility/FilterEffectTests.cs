using FsCheck;
using Lightport.Routing;
using Lightport.Routing.Eligibility;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Eligibility;

/// <summary>What a filter's reason does to a target.</summary>
public sealed class FilterEffectTests
{
    private static readonly string[] Names = ["a/x", "b/y", "c/z", "d/w"];

    [Theory]
    [InlineData("", "", "", "a/x b/y c/z d/w")]
    [InlineData("a/x", "", "", "b/y c/z d/w")]
    [InlineData("", "a/x", "", "b/y c/z d/w")]
    [InlineData("", "", "a/x", "b/y c/z d/w a/x")]
    [InlineData("", "", "d/w c/z", "a/x b/y c/z d/w")]
    [InlineData("a/x b/y c/z d/w", "", "", "")]
    [InlineData("", "a/x b/y c/z d/w", "", "a/x b/y c/z d/w")]
    [InlineData("a/x b/y", "c/z d/w", "", "c/z d/w")]
    [InlineData("a/x b/y", "c/z", "d/w", "d/w")]
    [InlineData("a/x", "a/x b/y c/z d/w", "a/x", "b/y c/z d/w")]
    [InlineData("", "", "a/x b/y c/z d/w", "a/x b/y c/z d/w")]
    public void Effect_SaysWhereATargetGoes(string bars, string yields, string defers, string left) =>
        Assert.Equal(left, string.Join(' ', Select(bars, yields, defers).Targets));

    /// <summary>Only what is certain leaves none, and nobody is asked whom it bars.</summary>
    [Fact]
    public void Targets_AreLeft_UnlessAllAreBarred() => Prop.ForAll<byte, byte, byte>((bars, yields, defers) =>
    {
        SelectedTargets selected = Select(Some(bars), Some(yields), Some(defers));

        string[] barred = Some(bars).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(barred.Length == Names.Length, selected.Targets.Count == 0);
        Assert.DoesNotContain(selected.Targets, target => barred.Contains($"{target}"));
        Assert.Equal(selected.Targets.Count, selected.Targets.Distinct().Count());
        int away = selected.PassedOver.Count(passed => passed.Effect != FilterEffect.Defers);
        Assert.Equal(Names.Length, selected.Targets.Count + away);
    }).QuickCheckThrowOnFailure();

    private static string Some(byte bits) => string.Join(' ', Names.Where((_, i) => (bits & (1 << i)) != 0));

    private static SelectedTargets Select(string bars, string yields, string defers)
    {
        var selector = new TargetSelector(
            [
                new Named(defers, FilterEffect.Defers),
                new Named(yields, FilterEffect.Yields),
                new Named(bars, FilterEffect.Bars),
            ],
            new TargetStates(TimeProvider.System),
            () => 0);
        return selector.Select(Asking(Route("m", Names) with { Own = 2 }));
    }

    private sealed class Named(string names, FilterEffect effect) : ITargetFilter
    {
        private readonly string[] _names = names.Split(' ');

        public FilterEffect Effect => effect;

        public string? WhyNot(Target target, in SelectionFacts request) =>
            _names.Contains($"{target}") ? "Not it." : null;
    }
}
