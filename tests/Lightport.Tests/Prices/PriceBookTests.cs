using System.Text;
using Lightport.Composition;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Providers;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Prices;

public sealed class PriceBookTests
{
    private static readonly DateTimeOffset Moment = new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_NewerFile_StandsOverWhatIsBuiltIn()
    {
        PriceBook book = PriceBook.With("newer.json", """
            [{
              "provider": "openai", "sources": { "page": "2026-11-01" },
              "models": { "gpt-4o": { "from": "page", "input": 2, "output": 8 } }
            }]
            """u8);

        ModelPrice price = book.Find("openai", "gpt-4o", Moment)!;
        Assert.Equal(("page 2026-11-01", 2m), (price.Version, price.Standard.Base.Input));
        Assert.Equal(0.15m, book.Find("openai", "gpt-4o-mini", Moment)!.Standard.Base.Input);
        Assert.Equal(3m, book.Find("anthropic", "claude-sonnet-4-5", Moment)!.Standard.Base.Input);
    }

    [Theory]
    [InlineData("{}", "must be an array")]
    [InlineData("[", "newer.json: ")]
    [InlineData("[{ \"provider\": \"openai\" }]", "'models' is missing")]
    public void With_BrokenFile_IsRefusedWhole(string json, string complaint) => Assert.Contains(
        complaint,
        Assert.Throws<DataFileException>(() => PriceBook.With("newer.json", Encoding.UTF8.GetBytes(json))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void In_FileThatIsNotThere_EndsTheStartInWords()
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("LIGHTPORT_PRICES", "/nowhere/prices.json")])
            .Build();

        var error = Assert.Throws<ConfigurationException>(() => GatewayPrices.In(settings));

        Assert.StartsWith("LIGHTPORT_PRICES: ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "2.5")]
    [InlineData("default", "2.5")]
    [InlineData("priority", "4.25")]
    [InlineData("batch", "1.25")]
    public void Of_ServiceThatIsTold_HasItsOwnPrice(string? tier, string dollars) => Assert.Equal(
        decimal.Parse(dollars, System.Globalization.CultureInfo.InvariantCulture),
        Gpt4o.Of(new TokenUsage { Input = 1_000_000 }, tier).Dollars);

    [Theory]
    [InlineData("flex")]
    [InlineData("scale")]
    public void Of_ServiceWithoutAPrice_IsUnknownAndNeverTheStandardOne(string tier) => Assert.Equal(
        new Cost(null, "service", Gpt4o.Version), Gpt4o.Of(new TokenUsage { Input = 1 }, tier));

    private static ModelPrice Gpt4o { get; } = new PriceBook().Find("openai", "gpt-4o", Moment)!;
}
