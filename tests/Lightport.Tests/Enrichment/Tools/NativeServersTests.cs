using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Tools;

/// <summary>Servers that a client names for its provider to call: only where whoever runs the gateway says so.
/// </summary>
public sealed class NativeServersTests
{
    private const string Servers = """
        "mcp_servers":[{"type":"url","name":"far","url":"https://far.example/mcp"}],
        "tools":[{"type":"mcp_toolset","mcp_server_name":"far"}]
        """;

    private const string Tools = """
        "tools":[{"type":"mcp","server_label":"far","server_url":"https://far.example/mcp"}]
        """;

    private const string Connector = """
        "tools":[{"type":"mcp","server_label":"mail","connector_id":"connector_gmail"}]
        """;

    [Theory]
    [InlineData("", "", 400)]
    [InlineData("mcp: { native: on }", "", 200)]
    [InlineData("mcp: { native: on }", ", native-mcp: off", 400)]
    [InlineData("", ", native-mcp: on", 200)]
    [InlineData("mcp: { hosts: [\"*.contoso.com\"] }", "", 400)]
    [InlineData("mcp: { hosts: [\"*.contoso.com\"] }", ", native-mcp: on", 200)]
    public async Task Server_OfMessages_ReachesItsProviderWhereThatIsAllowed(string mcp, string native, int status)
    {
        using var gateway = new TestGateway($"models: {{ m: {{ targets: [anthropic/claude-x]{native} }} }}\n{mcp}\n");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Messages, Asked(Wires.Messages, Servers));

        Assert.Equal(status, call.Status);
        Assert.Equal(status == 200 ? 1 : 0, gateway.Upstream.Seen.Count);
        if (status == 400)
        {
            Assert.Contains("native-mcp: on", call.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Tools, "m")]
    [InlineData(Connector, "m")]
    [InlineData(Tools, "openai/gpt-5")]
    public async Task Server_OfResponses_IsRefusedByItsPlace(string tools, string model)
    {
        using var gateway = new TestGateway("models: { m: openai/gpt-5 }");

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Responses, Asked($$"""{"model":"{{model}}","input":"hi"}""", tools));

        Assert.Equal(400, call.Status);
        Assert.Equal("mcp_server_not_admitted", (string?)call.Json["error"]!["code"]);
        Assert.Equal("tools[0].mcp", (string?)call.Json["error"]!["param"]);
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Server_OfInteractions_IsRefused()
    {
        using var gateway = new TestGateway("models: { m: google/gemini-3-flash }", providers: "  google: {}\n");

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Interactions,
            """
            {"model":"m","input":"hi","tools":[{"type":"mcp_server","name":"far","url":"https://far.example/mcp"}]}
            """);

        Assert.Equal(400, call.Status);
        Assert.Contains("'tools[0].mcp_server' names 'far'", call.Text, StringComparison.Ordinal);
        Assert.Contains("native-mcp: on", call.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Server_OfInteractions_ReachesGoogleUntouched_WhereThatIsAllowed()
    {
        const string Tool =
            """{"type":"mcp_server","name":"far","url":"https://far.example/mcp","allowed_tools":[{"mode":"any"}]}""";
        using var gateway = new TestGateway(
            "models: { m: { targets: [google/gemini-3-flash], native-mcp: on } }", providers: "  google: {}\n");
        gateway.Upstream.Answer(ScriptedResponse.Json(
            """{"id":"i","object":"interaction","model":"g","status":"completed","steps":[],"usage":{}}"""));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Interactions, $$"""{"model":"m","input":"hi","tools":[{{Tool}}]}""");

        Assert.Equal(200, call.Status);
        Assert.Equal(Tool, gateway.Upstream.Last.Json["tools"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Server_OfInteractions_IsRefusedByName_WhereItsProviderCallsNone()
    {
        using var gateway = new TestGateway("models: { m: { targets: [openai/gpt-5], native-mcp: on } }");

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Interactions,
            """
            {"model":"m","input":"hi","tools":[{"type":"mcp_server","name":"far","url":"https://far.example/mcp"}]}
            """);

        Assert.Equal(400, call.Status);
        Assert.Contains("tools[0].mcp_server", call.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Seen);
    }

    private static string Asked(string request, string more) => $"{request[..^1]},{more}}}";
}
