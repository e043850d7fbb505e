using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>What a program with npm <c>@anthropic-ai/sdk</c> catches.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AnthropicErrorTests(GatewayFixture gateway)
{
    /// <summary>Scenario, the SDK's class, the status, Anthropic's error type, what the message tells.</summary>
    public static TheoryData<string, string, int, string, string> Failures => new()
    {
        { "error400", "BadRequestError", 400, "invalid_request_error", "top_k is too odd" },
        { "error429", "RateLimitError", 429, "rate_limit_error", "slow down" },
        { "error500", "InternalServerError", 500, "api_error", "the fake broke" },
        { "errorHtml", "InternalServerError", 502, "api_error", "502" },
        { "errorStreamed", "RateLimitError", 429, "rate_limit_error", "slow down" },
        { "wrongKey", "AuthenticationError", 401, "authentication_error", "key" },
        { "unknownModel", "NotFoundError", 404, "not_found_error", "nobody-knows" },
        { "noMessages", "BadRequestError", 400, "invalid_request_error", "messages" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_OfAnyProvider_IsTheSdksTypedError(
        string scenario, string type, int status, string errorType, string message)
    {
        foreach (string provider in Providers.All)
        {
            JsonElement error = await gateway.Clients.ResultAsync("anthropic", provider, scenario);

            Assert.Equal(
                (type, status, errorType),
                (error.Text("class"), error.GetProperty("status").GetInt32(), error.Text("type")));
            Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
            Assert.Equal("error", error.GetProperty("body").Text("type"));
        }
    }

    /// <summary>The status that Anthropic alone answers with, and those that speak as it does.</summary>
    [Theory]
    [InlineData("ant")]
    [InlineData("oai")]
    [InlineData("exact")]
    public async Task Failure_OfAnOverloadedProvider_IsAnthropicsOwn(string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("anthropic", provider, "error529");

        Assert.Equal(
            ("OverloadedError", 529, "overloaded_error"),
            (error.Text("class"), error.GetProperty("status").GetInt32(), error.Text("type")));
        Assert.Contains("too much to do", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ant", "error200")]
    [InlineData("oai", "error200")]
    [InlineData("exact", "error200")]
    [InlineData("ant", "errorMid")]
    [InlineData("oai", "errorMid")]
    [InlineData("exact", "errorMid")]
    public async Task Failure_InsideASuccess_IsAnErrorAllTheSame(string provider, string scenario)
    {
        JsonElement error = await gateway.Clients.ResultAsync("anthropic", provider, scenario);

        Assert.NotEqual("none", error.Text("class"));
        Assert.Contains("failed with a smile", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ant", "error429")]
    [InlineData("oai", "error429")]
    [InlineData("oai", "errorStreamed")]
    public async Task RateLimit_RetryAfter_ReachesTheClient(string provider, string scenario)
    {
        JsonElement error = await gateway.Clients.ResultAsync("anthropic", provider, scenario);

        Assert.Equal("17", error.Text("retryAfter"));
    }
}
