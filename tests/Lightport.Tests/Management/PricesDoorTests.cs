using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

/// <summary>Which price each target has, who says so, and since when.</summary>
public sealed class PricesDoorTests : IDisposable
{
    private readonly ManagedGateway _gateway = new(document: """
        providers:
          openai: { prices: { house: { input: 1.5, output: 3, tiers: [{ above: 1000, input: 2, output: 4 }] } } }
          bedrock: { region: eu-west-2, key: X }
        models:
          m: [openai/gpt-4o, openai/house, openai/unheard-of]
          n: bedrock/amazon.nova-micro-v1:0
        """);

    [Fact]
    public async Task Prices_AreThoseOfAllTargets()
    {
        JsonArray prices = (await ReadAsync("?at=2026-11-30"))["prices"]!.AsArray();

        Assert.Equal(
            ["openai/gpt-4o", "openai/house", "openai/unheard-of", "bedrock/amazon.nova-micro-v1:0"],
            prices.Select(price => $"{price!["provider"]}/{price["model"]}").Except(["echo/echo"]));
        Assert.Equal(2.5m, (decimal)prices[0]!["standard"]!["rates"]!["input"]!);
        Assert.NotNull(prices[0]!["from"]);
        Assert.Equal("configuration", (string?)prices[1]!["from"]);
        Assert.Equal(1000, (int)prices[1]!["standard"]!["tiers"]![0]!["above"]!);
        Assert.Null(prices[2]!["standard"]);
        Assert.Null(prices[2]!["from"]);
        Assert.Equal(("eu-west-2", 0.049m), ((string?)prices[3]!["region"], (decimal)prices[3]!["standard"]!["rates"]!["input"]!));
    }

    [Fact]
    public async Task Model_IsNamedAsAClientWouldAskForIt()
    {
        Assert.Single((await ReadAsync("?model=n"))["prices"]!.AsArray());
        Assert.Single((await ReadAsync("?model=openai/gpt-4o-mini"))["prices"]!.AsArray());
    }

    [Theory]
    [InlineData("?model=nothing", 404)]
    [InlineData("?at=yesterday", 400)]
    public async Task Question_ThatCannotBeAnswered_IsRefused(string query, int status) =>
        Assert.Equal(status, (await _gateway.SendAsync(ManagementEndpoints.Prices, "", query)).Status);

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> ReadAsync(string query)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Prices, "", query);
        Assert.True(call.Status == 200, call.Text);
        return call.Json.AsObject();
    }
}
