using System.Text.Json;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>openai</c> and <c>@anthropic-ai/sdk</c> try a rate again, and a spent budget not.</summary>
[Collection(GatewayGroup.Name)]
public sealed class LimitClientTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("openaiRate", "RateLimitError")]
    [InlineData("anthropicRate", "RateLimitError")]
    public async Task Rate_IsTriedAgain(string scenario, string type)
    {
        JsonElement result = await gateway.Clients.ResultAsync("limits", "priced", scenario);

        Assert.Equal(type, result.Text("class"));
        JsonElement[] seen = [.. result.GetProperty("seen").EnumerateArray()];
        Assert.Equal(3, seen.Length);
        Assert.All(seen, call => Json.Equal("""{"status":429,"waits":true,"again":null,"left":"0"}""", call));
    }

    [Theory]
    [InlineData("openaiBudget", "RateLimitError", 429)]
    [InlineData("anthropicBudget", "PaymentRequiredError", 402)]
    public async Task SpentBudget_IsNotTriedAgain(string scenario, string type, int status)
    {
        JsonElement result = await gateway.Clients.ResultAsync("limits", "priced", scenario);

        Assert.Equal((type, status), (result.Text("class"), result.GetProperty("status").GetInt32()));
        JsonElement call = Assert.Single(result.GetProperty("seen").EnumerateArray());
        Json.Equal($$"""{"status":{{status}},"waits":false,"again":"false","left":null}""", call);
    }
}
