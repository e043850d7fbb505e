using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.McpDoor;

/// <summary>The MCP door as an OAuth protected resource (RFC 9728).</summary>
public sealed class ResourceTests : IDisposable
{
    private const string Document = """
        identity:
          issuers:
            - issuer: "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0"
              audience: 66666666-7777-8888-9999-000000000000
              scopes: ["api://lightport/ask"]
              default: { models: [fast] }
        models: { fast: openai/x }
        """;

    private readonly TestGateway _gateway = new(Document);

    [Fact]
    public async Task NoToken_Is401ThatSaysWhereOneIsToBeHad()
    {
        ClientCall call = await _gateway.AskAsync("tools/list");

        Assert.Equal(401, call.Status);
        Assert.Equal(
            "Bearer resource_metadata=\"http://localhost:7071/.well-known/oauth-protected-resource/mcp\", "
            + "scope=\"api://lightport/ask\"",
            call.Header("www-authenticate"));
    }

    [Fact]
    public async Task Metadata_NamesTheIssuersAndNeedsNoKey()
    {
        foreach (GatewayEndpoint door in (GatewayEndpoint[])
            [GatewayEndpoints.OAuthResource, GatewayEndpoints.OAuthResourceMcp])
        {
            JsonObject told = (await _gateway.SendAsync(door)).Json;

            Assert.Equal("http://localhost:7071/mcp", (string?)told["resource"]);
            Assert.Equal(
                "https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0",
                (string?)told["authorization_servers"]![0]);
            Assert.Equal("""["header"]""", told["bearer_methods_supported"]!.ToJsonString());
            Assert.Equal("""["api://lightport/ask"]""", told["scopes_supported"]!.ToJsonString());
        }
    }

    [Theory]
    [InlineData("gw.contoso.com", "https", "https://gw.contoso.com/mcp")]
    [InlineData("gw.contoso.com, inner:80", "https, http", "https://gw.contoso.com/mcp")]
    public async Task Metadata_BehindAProxy_HasTheAddressThatTheClientKnows(string host, string scheme, string resource)
    {
        var headers = new Dictionary<string, string> { ["X-Forwarded-Host"] = host, ["X-Forwarded-Proto"] = scheme };

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.OAuthResourceMcp, headers: headers);

        Assert.Equal((resource, "no-store"), ((string?)call.Json["resource"], call.Header("cache-control")));
    }

    [Theory]
    [InlineData("evil\" , scope=\"x")]
    [InlineData("user@host")]
    [InlineData("host?x")]
    public async Task Host_ThatIsNone_IsRefused(string host)
    {
        var headers = new Dictionary<string, string> { ["X-Forwarded-Host"] = host };

        Assert.Equal(
            400, (await _gateway.SendAsync(GatewayEndpoints.OAuthResourceMcp, headers: headers)).Status);
    }

    [Fact]
    public async Task Address_ThatIsConfigured_Counts()
    {
        using var gateway = new TestGateway(Document.Replace(
            "issuers:", "address: \"https://gateway.contoso.com\"\n  issuers:", StringComparison.Ordinal));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.OAuthResource);

        Assert.Equal("https://gateway.contoso.com/mcp", (string?)call.Json["resource"]);
    }

    [Fact]
    public async Task WhereKeysAloneAreTaken_ThereIsNothingToTell()
    {
        using var gateway = new TestGateway("models: { m: openai/x }", clientKey: "lp-canary-key");

        Assert.Equal(404, (await gateway.SendAsync(GatewayEndpoints.OAuthResourceMcp)).Status);
        ClientCall refused = await gateway.AskAsync("tools/list");
        Assert.Equal((401, null), (refused.Status, refused.Header("www-authenticate")));
    }

    public void Dispose() => _gateway.Dispose();
}
