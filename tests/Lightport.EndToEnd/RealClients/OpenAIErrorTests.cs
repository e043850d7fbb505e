using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>What a program with npm <c>openai</c> catches.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OpenAIErrorTests(GatewayFixture gateway)
{
    /// <summary>Scenario, the SDK's class, the status, what the message tells, the code or null for any.</summary>
    public static TheoryData<string, string, int, string, string?> Failures => new()
    {
        { "error400", "BadRequestError", 400, "top_k is too odd", null },
        { "error429", "RateLimitError", 429, "slow down", null },
        { "error500", "InternalServerError", 500, "the fake broke", null },
        { "errorHtml", "InternalServerError", 502, "502", null },
        { "errorStreamed", "RateLimitError", 429, "slow down", null },
        { "wrongKey", "AuthenticationError", 401, "key", "invalid_api_key" },
        { "unknownModel", "NotFoundError", 404, "nobody-knows", "model_not_found" },
        { "noMessages", "BadRequestError", 400, "messages", null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_OfAnyProvider_IsTheSdksTypedError(
        string scenario, string type, int status, string message, string? code)
    {
        foreach (string provider in Providers.All)
        {
            JsonElement error = await gateway.Clients.ResultAsync("openai", provider, scenario);

            Assert.Equal((type, status), (error.Text("class"), error.GetProperty("status").GetInt32()));
            Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
            Assert.True(code is null || code == error.Text("code"), error.GetRawText());
            Assert.NotNull(error.Text("type"));
        }
    }

    /// <summary>The provider's key is the operator's: the client must not think that its own is wrong.</summary>
    [Theory]
    [InlineData("oai")]
    [InlineData("exact")]
    [InlineData("ant")]
    public async Task Failure_ProviderRefusesItsKey_IsTheGatewaysTroubleAndNamesTheProvider(string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("openai", provider, "error401");

        Assert.Equal(
            ("InternalServerError", 502, "provider_key_refused"),
            (error.Text("class"), error.GetProperty("status").GetInt32(), error.Text("code")));
        Assert.Contains($"{provider} refused the key", error.Text("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("the key is no good", error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oai", "error200")]
    [InlineData("exact", "error200")]
    [InlineData("ant", "error200")]
    [InlineData("oai", "errorMid")]
    [InlineData("exact", "errorMid")]
    [InlineData("ant", "errorMid")]
    public async Task Failure_InsideASuccess_IsAnErrorAllTheSame(string provider, string scenario)
    {
        JsonElement error = await gateway.Clients.ResultAsync("openai", provider, scenario);

        Assert.NotEqual("none", error.Text("class"));
        Assert.Contains("failed with a smile", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oai", "error429")]
    [InlineData("ant", "error429")]
    [InlineData("ant", "errorStreamed")]
    public async Task RateLimit_RetryAfter_ReachesTheClient(string provider, string scenario)
    {
        JsonElement error = await gateway.Clients.ResultAsync("openai", provider, scenario);

        Assert.Equal("17", error.Text("retryAfter"));
    }

    [Theory]
    [InlineData("oai")]
    [InlineData("exact")]
    public async Task Failure_OfAnOpenAIProvider_KeepsItsCode(string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("openai", provider, "error429");

        Assert.Equal("rate_limit_exceeded", error.Text("code"));
    }
}
