using Lightport.Conversation;
using Lightport.Prices;

namespace Lightport.Tests.Prices;

public sealed class RatesTests
{
    private static readonly TokenUsage Everything = new()
    {
        Input = 1,
        CacheRead = 10,
        CacheWrite = 100,
        CacheWriteLong = 1_000,
        InputAudio = 10_000,
        Output = 100_000,
        Reasoning = 1_000_000,
        OutputAudio = 10_000_000,
        WebSearches = 2,
    };

    private static readonly Rates Full = new()
    {
        Input = 1,
        CacheRead = 2,
        CacheWrite = 3,
        CacheWriteLong = 4,
        InputAudio = 5,
        Output = 6,
        Reasoning = 7,
        OutputAudio = 8,
        Request = 0.005m,
        Search = 0.01m,
    };

    [Fact]
    public void Of_EveryClass_HasItsOwnPriceToTheLastDigit()
    {
        Cost cost = Full.Of(Everything);

        Assert.Null(cost.Unpriced);
        Assert.Equal(87.754321m + 0.005m + 0.02m, cost.Dollars);
        Assert.Equal(cost.Dollars, cost.Prompt + cost.Completion + 0.005m + 0.02m);
    }

    [Theory]
    [InlineData(RateWords.Input)]
    [InlineData(RateWords.CacheRead)]
    [InlineData(RateWords.CacheWrite)]
    [InlineData(RateWords.CacheWriteLong)]
    [InlineData(RateWords.InputAudio)]
    [InlineData(RateWords.Output)]
    [InlineData(RateWords.OutputAudio)]
    [InlineData(RateWords.Search)]
    public void Of_ClassWithoutAPrice_IsNamed(string word)
    {
        var all = new Rates();
        foreach (string other in RateWords.All.Where(other => other != word))
        {
            all = RateWords.With(all, other, 1)!;
        }

        Cost cost = all.Of(Everything);

        Assert.Equal((word, null), (cost.Unpriced, cost.Dollars));
    }

    [Fact]
    public void Of_ClassThatWasNotUsed_NeedsNoPrice()
    {
        Cost cost = new Rates { Output = 3 }.Of(new TokenUsage { Output = 1 });

        Assert.Equal((0.000003m, null), (cost.Dollars, cost.Unpriced));
    }

    /// <summary>Vendors with a dearer rate of thoughts bill an answer that was thought about by it altogether.</summary>
    [Theory]
    [InlineData(4, 1, 1, false, "0.000008")]
    [InlineData(4, 1, 0, false, "0.0000012")]
    [InlineData(4, 1, 0, true, "0.000004")]
    [InlineData(1, 1, 1, false, "0.0000022")]
    public void Of_ThoughtsThatAreDearer_CostsItAltogether(
        int reasoning, long output, long thought, bool estimated, string dollars) => Assert.Equal(
        decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture),
        new Rates { Output = 1.2m, Reasoning = reasoning }
            .Of(new TokenUsage { Output = output, Reasoning = thought, Estimated = estimated }).Dollars);

    [Fact]
    public void Of_ReasoningWithoutAPriceOfItsOwn_CostsWhatOutputDoes() => Assert.Equal(
        0.000006m, new Rates { Output = 3 }.Of(new TokenUsage { Output = 1, Reasoning = 1 }).Dollars);

    [Fact]
    public void Estimate_WithoutAPriceOfOutput_IsUnknown() =>
        Assert.Null(new ModelPrice(new PriceSheet(new Rates { Input = 1 }), "x").Estimate(1, 1));
}
