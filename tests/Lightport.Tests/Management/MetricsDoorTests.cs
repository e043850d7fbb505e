using Lightport.Management;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Telemetry;

namespace Lightport.Tests.Management;

/// <summary>What a scraper is told, and who else.</summary>
[Collection(OneGatewayAlone.Name)]
public sealed class MetricsDoorTests
{
    private const string Token = "canary-scrape-token-0123";

    private static readonly Dictionary<string, string?> On = new()
    {
        ["LIGHTPORT_METRICS"] = "on",
        ["LIGHTPORT_METRICS_TOKEN"] = Token,
    };

    [Fact]
    public async Task Scrape_TellsRequestsCallsTokensAndStoresByTheLetterOfTheFormat()
    {
        // Tests run side by side in one process, whose meters all have one name: this gateway is known by its model.
        using var gateway = new ManagedGateway(document: "models: { metered-model: echo/echo }", more: On);
        string key = (string)(await gateway.CreateKeyAsync("""{"name":"canary-name"}"""))["key"]!;
        await gateway.ChatAsync(key, "metered-model");
        await gateway.ChatAsync(key, "metered-model");
        await gateway.ChatAsync(key, "canary-invented-1");
        await gateway.ChatAsync(key, "canary-invented-2");

        ClientCall call = await gateway.SendAsync(ManagementEndpoints.Metrics, key: Token);

        Assert.Equal(200, call.Status);
        Assert.StartsWith("text/plain", call.Header("Content-Type"), StringComparison.Ordinal);
        var told = Exposition.Read(call.Text);
        const string Requests = "gen_ai_server_request_duration_seconds_count";
        Assert.Equal(2, told.Sum(Requests, "gen_ai_request_model=\"metered-model\""));
        Assert.True(told.Sum(Requests, "gen_ai_request_model=\"(other)\"") >= 2);
        Assert.True(told.Sum("lightport_requests_total", "http_response_status_code=\"200\"") >= 2);
        Assert.True(told.Sum("gen_ai_client_operation_duration_seconds_count", "gen_ai_request_model=\"echo\"") >= 2);
        Assert.True(told.Sum("lightport_tokens_total", "lightport_token_class=\"output\"") > 0);
        Assert.Equal(1, told.Sum("lightport_store_up", "lightport_store=\"keys\""));
        Assert.All(
            ["canary-invented", "canary-name", Token, key, ManagedGateway.AdminKey],
            secret => Assert.DoesNotContain(secret, call.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_OpensThisDoorAlone_AndTheAdminKeyOpensItToo()
    {
        using var gateway = new ManagedGateway(document: "direct: on", more: On);

        Assert.Equal(200, (await gateway.SendAsync(ManagementEndpoints.Metrics)).Status);
        Assert.Equal(401, (await gateway.SendAsync(ManagementEndpoints.Keys, key: Token)).Status);
        Assert.Equal(401, (await gateway.SendAsync(ManagementEndpoints.Metrics, key: null)).Status);
        Assert.Equal(401, (await gateway.SendAsync(ManagementEndpoints.Metrics, key: Token[..^1])).Status);
    }

    [Fact]
    public async Task Off_ItIsA404ThatSaysWhatToSet()
    {
        using var gateway = new ManagedGateway(document: "direct: on");
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.Metrics);

        Assert.Equal((404, "metrics_off"), (call.Status, call.Error("code")));
        Assert.Contains("LIGHTPORT_METRICS", call.Error("message"), StringComparison.Ordinal);
    }
}
