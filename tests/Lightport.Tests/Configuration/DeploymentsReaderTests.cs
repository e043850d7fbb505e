using Lightport.Configuration;
using Lightport.Prices;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

public sealed class DeploymentsReaderTests
{
    private static readonly PriceBook Book = new();
    private static readonly DateTimeOffset Moment = new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Prices of the deployment's own name come first, then those of its model: one's own, the book's.</summary>
    [Theory]
    [InlineData("vision-a", "0.15")]
    [InlineData("Vision-A", "0.15")]
    [InlineData("reduced", "1")]
    [InlineData("ours", "3")]
    [InlineData("gpt-4o", "2.5")]
    [InlineData("vision-b", null)]
    public void Deployments_OfAProvider_ArePricedAsTheirModels(string deployment, string? input)
    {
        GatewayConfiguration configuration = TestConfiguration.LoadValid("""
            providers:
              azure:
                use: openai
                key: AZURE
                deployments: { vision-a: gpt-4o-mini, reduced: gpt-4.1, ours: gpt-4.1 }
                prices: { gpt-4.1: { input: 1, output: 4 }, ours: { input: 3, output: 9 } }
            models: { "*": azure/* }
            """);
        var target = new Target(configuration.Routing.Providers["azure"], deployment);

        Assert.Equal(
            input, target.Price(Book, Moment)?.Standard.Base.Input?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("{ \"vision-*\": gpt-4o }", "has 'vision-*'; say each deployment by its whole name")]
    [InlineData("{ vision-a: gpt-4o, VISION-A: gpt-4o-mini }", "has 'VISION-A' twice, as case makes no difference")]
    [InlineData("{ vision-a: [gpt-4o] }", "providers.openai.deployments.vision-a must be text, but here is a list.")]
    [InlineData("gpt-4o", "providers.openai.deployments must be a mapping")]
    public void Deployments_NotAsTheyShouldBe_AreRefused(string deployments, string message)
    {
        ConfigurationResult result =
            TestConfiguration.Load($"providers:\n  openai:\n    deployments: {deployments}\n");

        ConfigurationError error = Assert.Single(result.Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(3, error.Line);
    }
}
