using Lightport.Configuration;
using Lightport.Prices;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Tests.Prices;

/// <summary>A provider's region has its own rates, where the tables have them.</summary>
public sealed class RegionalPriceTests
{
    private const string Nova = "amazon.nova-micro-v1:0";

    [Theory]
    [InlineData("us-east-1", 0.035)]
    [InlineData("eu-west-2", 0.049)]
    [InlineData("ap-northeast-1", 0.042)]
    public void Price_IsOfTheRegionThatTheSettingsName(string region, double input)
    {
        ModelPrice price = PriceAt(region);

        Assert.Equal((decimal)input, price.Standard.Base.Input);
    }

    /// <summary>What batch costs in such a region is in no table, and is not what it costs elsewhere.</summary>
    [Fact]
    public void Services_OfARegionWithRatesOfItsOwn_AreUnknown()
    {
        Assert.Contains("batch", PriceAt("us-east-1").Services.Keys);
        Assert.Empty(PriceAt("eu-west-2").Services);
        Assert.EndsWith(" eu-west-2", PriceAt("eu-west-2").Version, StringComparison.Ordinal);
    }

    /// <summary>
    /// «A 10% uplift for models released on or after March 5, 2026» (OpenAI); «1.1× standard list pricing» (Mistral);
    /// «Token usage costs 10% more» (xAI, of the one model that is there).
    /// </summary>
    [Theory]
    [InlineData("openai", "eu", "gpt-4o", 1)]
    [InlineData("openai", "eu", "gpt-5.4", 1.1)]
    [InlineData("openai", "kr", "gpt-5.6-luna", 1.1)]
    [InlineData("openai", "us", "gpt-6-sol", 1.1)]
    [InlineData("mistral-ai", "eu", "mistral-large-latest", 1.1)]
    [InlineData("x-ai", "us", "grok-4.6", 1.1)]
    public void Address_OfARegion_CostsWhatThePageSays(string provider, string region, string model, double times)
    {
        PriceSheet everywhere = PriceOf(provider, model).Standard;
        PriceSheet there = PriceOf($"{provider}: {{ region: {region} }}", model).Standard;

        foreach (string word in RateWords.All.Where(word => word != RateWords.Search))
        {
            Assert.Equal(RateWords.Of(everywhere.Base, word) * (decimal)times, RateWords.Of(there.Base, word));
        }

        Assert.Equal(everywhere.Base.Search, there.Base.Search);
        Assert.Equal(
            everywhere.Tiers.Select(tier => tier.Rates.Output * (decimal)times),
            there.Tiers.Select(tier => tier.Rates.Output));
    }

    private static ModelPrice PriceOf(string provider, string model)
    {
        RoutingTable table = ConfigurationLoader.Load(
            $"providers: {{ {provider} }}\nmodels: {{ m: \"{provider.Split(':')[0]}/{model}\" }}",
            "lightport.yaml",
            ProviderCatalog.Load(),
            new HashSet<string>()).Configuration!.Routing;
        return table.Models["m"].Targets[0].Price(new PriceBook(), TimeProvider.System.GetUtcNow())!;
    }

    private static ModelPrice PriceAt(string region)
    {
        RoutingTable table = ConfigurationLoader.Load(
            $"providers: {{ bedrock: {{ region: {region} }} }}\nmodels: {{ m: \"bedrock/{Nova}\" }}",
            "lightport.yaml",
            ProviderCatalog.Load(),
            new HashSet<string>()).Configuration!.Routing;
        return table.Models["m"].Targets[0].Price(new PriceBook(), TimeProvider.System.GetUtcNow())!;
    }
}
