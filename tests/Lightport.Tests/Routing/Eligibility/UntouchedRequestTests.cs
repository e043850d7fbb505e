using Lightport.Prices;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Routing.Eligibility;
using Lightport.Routing.Preferences;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Eligibility;

/// <summary>A request that nothing is configured for, and that says nothing, costs nothing.</summary>
public sealed class UntouchedRequestTests
{
    [Theory]
    [InlineData("openai/gpt-4o")]
    [InlineData("openai/gpt-4o", "a/x", "b/y")]
    public void Filters_WithNothingToJudge_AllocateNothing(params string[] targets)
    {
        var selector = new TargetSelector(
            [
                new ConfiguredLimitFilter(),
                new KnownLimitFilter(new ModelFactsCatalog(), new ModelSenses(new ModelFactsCatalog())),
                new PreferenceFilter(new PriceBook(), TimeProvider.System),
            ],
            new TargetStates(TimeProvider.System),
            () => 0);
        SelectionFacts asked = Asking(Route("m", targets));
        Assert.Equal(targets, selector.Select(asked).Targets.Select(target => $"{target}"));

        long before = GC.GetAllocatedBytesForCurrentThread();
        selector.Select(asked);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
