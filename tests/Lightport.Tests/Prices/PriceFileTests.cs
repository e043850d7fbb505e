using System.Text;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.Tests.Prices;

public sealed class PriceFileTests
{
    private const string File = """
        {
          "provider": "x",
          "sources": { "page": "2026-08-01" },
          "models": {
            "a": [
              { "from": "page", "input": 2, "output": 10 },
              { "from": "page", "since": "2026-09-01", "input": 3, "output": 15, "cache-read": 0.3 }
            ],
            "b": "a",
            "c": { "from": "page", "since": "2026-01-01", "input": 1, "output": 4,
                   "tiers": [{ "above": 200000, "input": 2, "output": 6 },
                             { "above": 500000, "input": 3, "output": 9 }],
                   "flex": { "input": 0.5, "output": 2 },
                   "regions": { "eu,uk": { "input": 1.1, "output": 4.4 } } }
          }
        }
        """;

    private static readonly ModelTable<PriceHistory> Models =
        PriceFile.Parse("x.json", Encoding.UTF8.GetBytes(File)).Models;

    [Theory]
    [InlineData("2026-08-31T23:59:59.9999999Z", 2)]
    [InlineData("2026-09-01T00:00:00Z", 3)]
    [InlineData("2026-09-01T01:59:59+02:00", 2)]
    [InlineData("1999-01-01T00:00:00Z", 2)]
    public void At_DayOfAnotherPrice_BeginsInUtc(string moment, int input) =>
        Assert.Equal(input, At("a", moment)!.Standard.Base.Input);

    [Fact]
    public void At_BeforeTheFirstKnownDay_IsUnknown()
    {
        Assert.Null(At("c", "2025-12-31T23:59:59Z"));
        Assert.NotNull(At("c", "2026-01-01T00:00:00Z"));
    }

    [Fact]
    public void Find_SameAsAnother_CostsTheSame() =>
        Assert.Equal(At("a", "2026-09-02"), At("b", "2026-09-02"));

    [Theory]
    [InlineData(200_000, 1)]
    [InlineData(200_001, 2)]
    [InlineData(500_000, 2)]
    [InlineData(500_001, 3)]
    public void For_EdgeOfATier_IsStillBelowIt(long prompt, int input) =>
        Assert.Equal(input, At("c", "2026-09-01")!.Standard.For(prompt).Input);

    [Fact]
    public void Of_LongPrompt_CostsMoreForEachOfItsTokens() => Assert.Equal(
        (200_001 * 2m / 1_000_000) + (10 * 6m / 1_000_000),
        At("c", "2026-09-01")!.Of(new TokenUsage { Input = 200_001, Output = 10 }).Dollars);

    [Fact]
    public void Parse_ServicesAndRegions_HaveRatesOfTheirOwn()
    {
        ModelPrice price = At("c", "2026-09-01")!;

        Assert.Equal(0.5m, price.Services["flex"].Base.Input);
        Assert.Equal(
            [("eu", 1.1m), ("uk", 1.1m)],
            price.Regions.Select(region => (region.Key, region.Value.Base.Input!.Value)));
        Assert.Equal("page 2026-08-01", price.Version);
    }

    [Theory]
    [InlineData("""{ "from": "page", "input": -1 }""", "'models.a.input' must not be negative")]
    [InlineData("""{ "from": "page", "input": 10000.01 }""", "'models.a.input' is above 10000 dollars")]
    [InlineData("""{ "from": "page", "input": "NaN" }""", "'models.a.input' must be a number")]
    [InlineData("""{ "from": "page", "input": 1e99 }""", "'models.a.input' has too many digits")]
    [InlineData("""{ "from": "rumour", "input": 1 }""", "'models.a.from' must be one of the file's sources: page")]
    [InlineData("""{ "input": 1 }""", "'models.a.from' is missing")]
    [InlineData("""{ "from": "page", "inputs": 1 }""", "'models.a.inputs' is not a key here")]
    [InlineData("""{ "from": "page", "since": "soon" }""", "'models.a.since' must be a day")]
    [InlineData("""{ "from": "page", "tiers": [{ "input": 1 }] }""", "'models.a.tiers.above' is missing")]
    [InlineData("""{ "from": "page", "tiers": [{ "above": 0 }] }""", "'models.a.tiers.above' must be above zero")]
    [InlineData("""{ "from": "page", "tiers": [{ "above": 2 }, { "above": 2 }] }""", "must have the tiers from short")]
    [InlineData("""[{ "from": "page", "since": "2026-02-01" }, { "from": "page" }]""", "must have the prices")]
    [InlineData("[]", "'models.a' has no price")]
    [InlineData("\"b\"", "'models' has 'a', which names no model that has a price here")]
    public void Parse_BrokenPrice_NamesTheKey(string price, string complaint)
    {
        string json = $$"""{ "provider": "x", "sources": { "page": "2026-08-01" }, "models": { "a": {{price}} } }""";

        Assert.Contains(
            complaint,
            Assert.Throws<DataFileException>(() => PriceFile.Parse("x.json", Encoding.UTF8.GetBytes(json))).Message,
            StringComparison.Ordinal);
    }

    private static ModelPrice? At(string model, string moment) =>
        Models.Find(model)!.At(DateTimeOffset.Parse(moment, null, System.Globalization.DateTimeStyles.AssumeUniversal));
}
