using System.Globalization;
using Lightport.Conversation;
using Lightport.Prices;

namespace Lightport.Tests.Prices;

/// <summary>What vendors' own pages say, word for word.</summary>
public sealed class VendorPagesTests
{
    private static readonly DateTimeOffset Moment = new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero);

    private static readonly PriceBook Book = new();

    /// <summary>https://platform.claude.com/docs/en/about-claude/pricing: 5m writes, 1h writes, hits, output.</summary>
    [Theory]
    [InlineData("claude-fable-5", "$10 / MTok | $12.50 / MTok | $20 / MTok | $1 / MTok | $50 / MTok")]
    [InlineData("claude-opus-5", "$5 / MTok | $6.25 / MTok | $10 / MTok | $0.50 / MTok | $25 / MTok")]
    [InlineData("claude-opus-5-5", "$4 / MTok | $5 / MTok | $8 / MTok | $0.20 / MTok | $20 / MTok")]
    [InlineData("claude-opus-4-8", "$5 / MTok | $6.25 / MTok | $10 / MTok | $0.50 / MTok | $25 / MTok")]
    [InlineData("claude-opus-4-7", "$5 / MTok | $6.25 / MTok | $10 / MTok | $0.50 / MTok | $25 / MTok")]
    [InlineData("claude-opus-4-6", "$5 / MTok | $6.25 / MTok | $10 / MTok | $0.50 / MTok | $25 / MTok")]
    [InlineData("claude-opus-4-5", "$5 / MTok | $6.25 / MTok | $10 / MTok | $0.50 / MTok | $25 / MTok")]
    [InlineData("claude-opus-4-1", "$15 / MTok | $18.75 / MTok | $30 / MTok | $1.50 / MTok | $75 / MTok")]
    [InlineData("claude-sonnet-4-6", "$3 / MTok | $3.75 / MTok | $6 / MTok | $0.30 / MTok | $15 / MTok")]
    [InlineData("claude-sonnet-4-5", "$3 / MTok | $3.75 / MTok | $6 / MTok | $0.30 / MTok | $15 / MTok")]
    [InlineData("claude-haiku-4-5", "$1 / MTok | $1.25 / MTok | $2 / MTok | $0.10 / MTok | $5 / MTok")]
    [InlineData("claude-fable-5-1", "$10 / MTok | $12.50 / MTok | $20 / MTok | $0.25 / MTok | $50 / MTok")]
    public void Claude_EveryClass_IsAsOnThePage(string model, string row)
    {
        decimal[] page = [.. row.Split('|').Select(cell =>
            decimal.Parse(cell.Replace("/ MTok", "", StringComparison.Ordinal).Trim().TrimStart('$'),
                CultureInfo.InvariantCulture))];

        Rates rates = Book.Find("anthropic", model, Moment)!.Standard.Base;

        Assert.Equal(
            page, new[] { rates.Input, rates.CacheWrite, rates.CacheWriteLong, rates.CacheRead, rates.Output }
                .Select(rate => rate!.Value));
    }

    /// <summary>https://developers.openai.com/api/docs/models: input, cached input, cache writes, output.</summary>
    [Theory]
    [InlineData("gpt-5.6-luna", 0.2, 0.02, 0.25, 1.2)]
    [InlineData("gpt-5.6-terra", 2, 0.2, 2.5, 12)]
    [InlineData("gpt-5.6-terra-2026-07-09", 2, 0.2, 2.5, 12)]
    [InlineData("gpt-6-luna", 0.1, 0.01, 0.125, 0.5)]
    [InlineData("gpt-6-sol", 2, 0.2, 2.5, 10)]
    [InlineData("gpt-6.1-sol", 2, 0.1, 2.5, 10)]
    [InlineData("gpt-6.2-sol", 2, 0.1, 2.5, 10)]
    public void Gpt6_IsAsOnItsPage_AndALongPromptCostsTwiceTheInput(
        string model, double input, double cached, double written, double output)
    {
        PriceSheet price = Book.Find("openai", model, Moment)!.Standard;

        Assert.Equal(
            [(decimal)input, (decimal)cached, (decimal)written, (decimal)output],
            new[] { price.Base.Input, price.Base.CacheRead, price.Base.CacheWrite, price.Base.Output }
                .Select(rate => rate!.Value));
        PriceTier longer = Assert.Single(price.Tiers);
        Assert.Equal(272_000, longer.Above);
        Assert.Equal(
            [(decimal)input * 2, (decimal)cached * 2, (decimal)written * 2, (decimal)output * 1.5m],
            new[] { longer.Rates.Input, longer.Rates.CacheRead, longer.Rates.CacheWrite, longer.Rates.Output }
                .Select(rate => rate!.Value));
    }

    /// <summary>A million tokens of context were opened to all on 13 March, at the price of short ones.</summary>
    [Theory]
    [InlineData("2026-03-12", 200_000, "1.0")]
    [InlineData("2026-03-12", 200_001, "2.00001")]
    [InlineData("2026-03-13", 200_001, "1.000005")]
    public void Opus46_LongPrompt_CostsMoreUntilItsDay(string day, int prompt, string dollars) => Assert.Equal(
        decimal.Parse(dollars, CultureInfo.InvariantCulture),
        Book.Find("anthropic", "claude-opus-4-6", DateTimeOffset.Parse($"{day}Z", CultureInfo.InvariantCulture))!
            .Of(new TokenUsage { Input = prompt }).Dollars);

    /// <summary>«$2.50 / 1M input, $1.25 cached, $10.00 output»: a prompt of which half was cached.</summary>
    [Fact]
    public void Gpt4o_HalfCached_CostsWhatThePageSays() => Assert.Equal(
        1.25m + 0.625m + 10m,
        Book.Find("openai", "gpt-4o", Moment)!
            .Of(new TokenUsage { Input = 500_000, CacheRead = 500_000, Output = 1_000_000 }).Dollars);

    /// <summary>«$1.25, prompts up to 200k tokens; $2.50, prompts above»; output $10.00 and $15.00.</summary>
    [Theory]
    [InlineData(200_000, "0.25", "10")]
    [InlineData(200_001, "0.5000025", "15")]
    public void Gemini25Pro_AtItsEdge_CostsWhatThePageSays(int prompt, string input, string output)
    {
        ModelPrice price = Book.Find("google", "gemini-2.5-pro", Moment)!;

        Assert.Equal(Number(input), price.Of(new TokenUsage { Input = prompt }).Dollars);
        Assert.Equal(
            Number(input) + Number(output), price.Of(new TokenUsage { Input = prompt, Reasoning = 1_000_000 }).Dollars);
    }

    /// <summary>A vendor that tells of no writes to a cache has no price of them either.</summary>
    [Theory]
    [InlineData("openai", "gpt-5")]
    [InlineData("google", "gemini-2.5-pro")]
    public void CacheWrite_WhereNoneIsCharged_IsUnknownAndNamed(string provider, string model) => Assert.Equal(
        RateWords.CacheWrite, Book.Find(provider, model, Moment)!.Of(new TokenUsage { CacheWrite = 1 }).Unpriced);

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
