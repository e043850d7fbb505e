using Lightport.Conversation;
using Lightport.Prices;
using Lightport.PriceTables;
using Lightport.Providers;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Prices;

/// <summary>The data that is made of three public tables, which do not agree.</summary>
public sealed class PriceTablesTests
{
    private static readonly DateTimeOffset Moment = new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero);

    private static readonly PriceBook Book = new();
    private static readonly ModelFactsCatalog Facts = new();

    [SharedFact("data/prices")]
    public void Files_AreWhatTheScriptMakes()
    {
        SortedDictionary<string, string> made = Tables.Make(SharedFolder.PathOf("data/prices"));
        string[] there =
        [
            .. Repository.Files(Tables.Prices, "*.*"),
            .. Repository.Files(Tables.Facts, "*.json"),
        ];

        Rule.Holds("Run eng/prices.sh; the data is not what it makes of the tables:", there
            .Union(made.Keys)
            .Where(path => !made.TryGetValue(path, out string? text) || !Repository.Has(path)
                || Repository.Read(path).ReplaceLineEndings("\n") != text));
    }

    [Fact]
    public void Files_AllOfThem_CanBeRead()
    {
        ProviderCatalog catalog = ProviderCatalog.Load();

        Assert.All(Book.Providers, provider =>
        {
            Assert.Contains(provider, catalog.Ids);
            Assert.NotEmpty(Book.Of(provider).Models);
        });
        Assert.All(Facts.Providers, provider =>
        {
            Assert.Contains(provider, catalog.Ids);
            Assert.NotEmpty(Facts.Of(provider).Models);
        });
    }

    /// <summary>A table had announced it for September.</summary>
    [Theory]
    [InlineData("anthropic", "claude-sonnet-5", "10")]
    [InlineData("bedrock", "eu.anthropic.claude-sonnet-5", "11")]
    [InlineData("bedrock", "global.anthropic.claude-sonnet-5-v1", "10")]
    [InlineData("openrouter", "anthropic/claude-sonnet-5", "10")]
    public void Rise_ThatWasCalledOff_DoesNotCome(string provider, string model, string output)
    {
        ModelPrice price =
            Book.Find(provider, model, new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero))!;

        Assert.Equal(Number(output), price.Standard.Base.Output);
    }

    /// <summary>Two of three say it; or none agree, and the first is taken; or the vendor's page does.</summary>
    [Theory]
    [InlineData("openai", "gpt-4o-2024-05-13", "5", "15")]
    [InlineData("openai", "gpt-4o-2024-08-06", "2.5", "10")]
    [InlineData("google", "gemini-2.5-flash-image", "0.3", "30")]
    [InlineData("google", "gemini-2.5-pro-preview-tts", "1", "20")]
    [InlineData("google", "gemini-3-pro-image-preview", "2", "120")]
    [InlineData("openai", "gpt-3.5-turbo-16k", "3", "4")]
    [InlineData("google", "gemini-1.5-flash-8b", "0.075", "0.3")]
    [InlineData("anthropic", "claude-sonnet-5", "2", "10")]
    [InlineData("deepseek", "deepseek-chat", "0.14", "0.28")]
    public void Choice_WhereTheTablesDisagree_Stays(string provider, string model, string input, string output)
    {
        Rates rates = Book.Find(provider, model, Moment)!.Standard.Base;

        Assert.Equal((Number(input), Number(output)), (rates.Input, rates.Output));
    }

    /// <summary>
    /// A picture's tokens cost many times what a text's do. Where the tables have the text's, as the price of a model by
    /// its older name shows, a picture's cost is unknown, and not a tenth of itself.
    /// </summary>
    [Theory]
    [InlineData("google", "gemini-3-pro-image", "2", "12")]
    [InlineData("google", "gemini-3.1-flash-image", "0.5", "3")]
    [InlineData("google", "gemini-3.1-flash-lite-image", "0.25", "1.5")]
    [InlineData("vertex-ai", "gemini-3-pro-image", "2", "12")]
    [InlineData("vertex-ai", "gemini-2.0-flash-preview-image-generation", "0.15", "0.6")]
    [InlineData("openrouter", "google/gemini-2.5-flash-image", "0.3", "2.5")]
    [InlineData("vercel", "google/gemini-3-pro-image", "2", "12")]
    public void PriceOfTextsAlone_IsNoneOfPictures(string provider, string model, string input, string thought)
    {
        ModelPrice price = Book.Find(provider, model, Moment)!;
        Rates rates = price.Standard.Base;

        Assert.Equal((Number(input), null, Number(thought)), (rates.Input, rates.Output, rates.Reasoning));
        Assert.All(price.Services.Values, sheet => Assert.Null(sheet.Base.Output));
        Assert.All(price.Standard.Tiers, tier => Assert.Null(tier.Rates.Output));
        Assert.Equal("output", price.Of(new TokenUsage { Input = 9, Output = 1120 }).Unpriced);
        Assert.NotNull(price.Of(new TokenUsage { Input = 9, Reasoning = 50 }).Dollars);
    }

    /// <summary>Their vendor bills long prompts higher, and no table says how much.</summary>
    [Theory]
    [InlineData("dashscope", "qwen3-max", 32_000)]
    [InlineData("dashscope", "qwen-plus", 128_000)]
    [InlineData("dashscope-cn", "qwen-flash", 128_000)]
    [InlineData("dashscope", "qwen3.5-plus", 256_000)]
    public void LongPrompt_OfWhatNoTableHas_IsUnknown(string provider, string model, int above)
    {
        ModelPrice price = Book.Find(provider, model, Moment)!;

        Assert.NotNull(price.Of(new TokenUsage { Input = above, Output = 1 }).Dollars);
        Assert.Equal("input", price.Of(new TokenUsage { Input = above + 1, Output = 1 }).Unpriced);
    }

    [Theory]
    [InlineData("openai", "gpt-5.5", 272_000)]
    [InlineData("openai", "gpt-5.5-2026-04-23", 272_000)]
    [InlineData("google", "gemini-2.5-pro", 200_000)]
    [InlineData("google", "gemini-2.5-flash", null)]
    [InlineData("anthropic", "claude-opus-4-6", null)]
    public void Choice_OfTheTiers_Stays(string provider, string model, int? above) =>
        Assert.Equal(
            above,
            Book.Find(provider, model, Moment)!.Standard.Tiers is [PriceTier first, ..] ? (int)first.Above : null);

    /// <summary>Zeros in the tables are gaps and flat plans; only a name that says so is free.</summary>
    [Theory]
    [InlineData("alibaba-coding-plan")]
    [InlineData("nvidia")]
    public void Find_PlanThatIsPaidByTheMonth_IsUnknown(string provider) =>
        Assert.All(Book.Of(provider).Models.Values, price => Assert.NotEqual(0, price.At(Moment)!.Standard.Base.Input));

    [Fact]
    public void Find_ModelThatIsFreeByName_CostsNothing() => Assert.Contains(
        Book.Of("openrouter").Models,
        model => model.Key.EndsWith(":free", StringComparison.Ordinal)
            && model.Value.At(Moment)!.Standard.Base.Input == 0);

    [Theory]
    [InlineData("openai", "gpt-4o", 128_000, 16_384, true)]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", 200_000, 64_000, null)]
    [InlineData("bedrock", "eu.anthropic.claude-sonnet-4-5-20250929-v1:0", 200_000, 64_000, true)]
    public void Facts_OfAKnownModel_AreThere(string provider, string model, int context, int output, bool? schema)
    {
        ModelFacts facts = Facts.Find(provider, model)!;

        Assert.Equal((context, output, schema), (facts.ContextTokens, facts.OutputTokens, facts.StructuredOutput));
        Assert.True(facts.Tools);
        Assert.Equal(Modalities.Text, facts.Output);
        Assert.True(facts.Input!.Value.HasFlag(Modalities.Text | Modalities.Image));
    }

    [Theory]
    [InlineData("openai", "no-such-model")]
    [InlineData("no-such-provider", "gpt-4o")]
    public void Find_OfNothingThatIsKnown_IsNull(string provider, string model)
    {
        Assert.Null(Book.Find(provider, model, Moment));
        Assert.Null(Facts.Find(provider, model));
    }

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
