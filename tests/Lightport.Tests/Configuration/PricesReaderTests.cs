using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

public sealed class PricesReaderTests
{
    private static readonly PriceBook Book = new();
    private static readonly DateTimeOffset Moment = new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Prices_OfAProvider_StandOverTheBooks()
    {
        ConfiguredProvider provider = Read("""
            providers:
              openai:
                prices:
                  gpt-4o: { input: 2.25, cache-read: 1.1, output: 9 }
                  "gpt-4o-*": { input: 1, output: 1e1 }
                  "*": { input: 7, output: 7, search: 0.02, tiers: [{ above: 1000, input: 14, output: 14 }] }
                  ours: { output: 1, flex: { output: 0.5 } }
            """);

        Assert.Equal(2.25m, Input(provider, "gpt-4o"));
        Assert.Equal(1m, Input(provider, "gpt-4o-mini"));
        Assert.Equal(7m, Input(provider, "o3"));
        ModelPrice all = new Target(provider, "o3").Price(Book, Moment)!;
        Assert.Equal(0.02m + 0.014014m, all.Of(new TokenUsage { Input = 1001, WebSearches = 1 }).Dollars);
        Assert.Equal("configuration", all.Version);
        ModelPrice ours = new Target(provider, "ours").Price(Book, Moment)!;
        Assert.Equal(0.0000005m, ours.Of(new TokenUsage { Output = 1 }, "flex").Dollars);
    }

    [Fact]
    public void Prices_NotSaid_AreTheBooks() =>
        Assert.Equal(2.5m, Input(Read("providers: { openai: {} }"), "gpt-4o"));

    [Theory]
    [InlineData("{ m: { input: -1 } }", "providers.openai.prices.m.input must not be negative.")]
    [InlineData("{ m: { input: NaN } }", "providers.openai.prices.m.input must be a number of US dollars")]
    [InlineData("{ m: { output: 10000.5 } }", "providers.openai.prices.m.output is above 10000 dollars")]
    [InlineData("{ m: { inptu: 1, output: 1 } }", "unknown key 'inptu' in providers.openai.prices.m")]
    [InlineData("{ m: { cache-read: 1 } }", "providers.openai.prices.m needs 'input' or 'output'")]
    [InlineData("{ m: { input: 1, tiers: [{ input: 2 }] } }", "needs 'above', a number of tokens of")]
    [InlineData("{ m: { input: 1, tiers: [{ above: 9 }, { above: 9 }] } }", "tokens of the prompt over 9.")]
    [InlineData("{ m: 3 }", "providers.openai.prices.m must be a mapping")]
    public void Prices_Malformed_AreRefusedWithTheirPlace(string prices, string complaint)
    {
        ConfigurationResult result = TestConfiguration.Load($"providers:\n  openai:\n    prices: {prices}\n");

        Assert.False(result.Valid);
        ConfigurationError error = Assert.Single(result.Errors);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Line);
    }

    private static decimal? Input(ConfiguredProvider provider, string model) =>
        new Target(provider, model).Price(Book, Moment)!.Standard.Base.Input;

    private static ConfiguredProvider Read(string yaml) =>
        TestConfiguration.LoadValid(yaml).Routing.Providers["openai"];
}
