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
