using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Mcp;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Mcp;
using Lightport.Tests.McpDoor;

namespace Lightport.Tests.Management;

/// <summary>Which tools a request would get, by what is known of their servers.</summary>
public sealed class ExplainToolsTests : IAsyncDisposable
{
    private const string Key = "lp-explain-key-0123456789";

    private readonly RawServer _server = McpWorld.Stateless(
        call => McpWorld.SayAsync(call, "hi"),
        string.Join(',', new[] { "find", "remove" }.Concat(Enumerable.Range(0, 70).Select(i => $"other_{i:00}"))
            .Select(name => $$$"""{"name":"{{{name}}}","description":"About {{{name}}}.","inputSchema":{"type":"object"}}""")));

    private readonly ManagedGateway _gateway;

    public ExplainToolsTests() => _gateway = new(document: $$"""
        mcp:
          servers:
            docs: { url: "{{_server.Address}}", approval: { always: [remove] } }
            safe: { url: "{{_server.Address}}", tools: [find] }
            away: { url: "http://127.0.0.1:9/mcp" }
        context: { style: { text: Be brief. } }
        models:
          helpdesk: { targets: [openai/gpt-4o-mini], tools: [docs, away], context: [style] }
          safe: { targets: [openai/gpt-4o-mini], tools: [safe], context: [style] }
          wide: { targets: [openai/gpt-4o-mini], tools: [docs], tool-search: on }
          plain: openai/gpt-4o-mini
        keys: [{ name: some, sha256: {{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)))}} }]
        """);

    [Fact]
    public async Task Tools_AreThoseThatAreKnown_ChosenByThePrompt_AndNoServerIsAsked()
    {
        JsonArray before = (await ExplainAsync(Chat("helpdesk", "Find it.", "responses"))).AsArray();
        Assert.Empty(_server.Calls);
        await ListAsync();
        int asked = _server.Calls.Count;

        JsonArray told = (await ExplainAsync(Chat("helpdesk", "Find it, then remove it.", "responses"))).AsArray();

        Assert.Equal(asked, _server.Calls.Count);
        Assert.Equal(["docs false", "away false"], before.Select(Listed));
        Assert.Equal(["docs true", "away false"], told.Select(Listed));
        JsonArray tools = told[0]!["tools"]!.AsArray();
        Assert.Equal(72, tools.Count);
        Assert.Equal(64, tools.Count(tool => (bool)tool!["offered"]!));
        Assert.Equal(
            """{"name":"find","tool":"find","offered":true,"approval":false}""",
            tools.Single(tool => (string?)tool!["name"] == "find")!.ToJsonString());
        Assert.Equal(
            """{"name":"remove","tool":"remove","offered":true,"approval":true}""",
            tools.Single(tool => (string?)tool!["name"] == "remove")!.ToJsonString());

        static string Listed(JsonNode? server) =>
            $"{(string?)server!["server"]} {((bool)server["listed"]! ? "true" : "false")}";
    }

    /// <summary>Where nothing is out of reach, as the model has a search.</summary>
    [Fact]
    public async Task Tools_ThatASearchFinds_AreTold_WithTheSearch()
    {
        await ListAsync();
        (string Path, string Body) asked = Chat("wide", "Find it, then remove it.", "responses");

        ClientCall call = await SendAsync(asked);

        JsonArray told = call.Json["tools"]!.AsArray();
        JsonArray tools = told[0]!["tools"]!.AsArray();
        Assert.Equal(["docs", "lightport"], told.Select(server => (string?)server!["server"]));
        Assert.Equal((72, 8), (
            tools.Count(tool => (bool)tool!["offered"]!), tools.Count(tool => (bool?)tool!["deferred"] == true)));
        Assert.Equal(
            """
            {"server":"lightport","wanted_by":"route","run_by":"gateway","listed":true,"problem":null,
            "tools":[{"name":"find_tools","tool":"find_tools","offered":true,"approval":false}],"held_back":[]}
            """.ReplaceLineEndings(""),
            told[1]!.ToJsonString());
    }

    /// <summary>A chat client cannot be asked for approval, and would be refused just so.</summary>
    [Fact]
    public async Task Request_ThatWouldBeRefusedForItsTools_IsRefusedTheSame()
    {
        await ListAsync();

        ClientCall call = await SendAsync(Chat("helpdesk", "Find it.", "chat/completions"));

        Assert.Equal((400, "mcp_approval_unsupported"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Target_IsSeenWithWhatIsPutIn()
    {
        ClientCall enriched = await SendAsync(Chat("helpdesk", "Hi", "chat/completions"));
        ClientCall plain = await SendAsync(Chat("plain", "Hi", "chat/completions"));

        Assert.Equal(("translated", "passthrough"), (
            (string?)enriched.Json["targets"]![0]!["mode"], (string?)plain.Json["targets"]![0]!["mode"]));
        Assert.Null(plain.Json["tools"]);
    }

    [Fact]
    public async Task McpClient_IsToldWhatItsModelWouldBe()
    {
        await ListAsync("safe");
        var headers = McpCall.Headers("tools/call", "explain_route").Select(header => (header.Key, header.Value));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            McpCall.Body("tools/call", new()
            {
                ["name"] = "explain_route",
                ["arguments"] = new JsonObject { ["model"] = "safe" },
            }),
            key: Key,
            headers: [.. headers, ("Content-Type", "application/json")]);

        JsonNode facts = JsonNode.Parse(call.ToolText())!;
        Assert.Equal("""[{"name":"style","place":"system"}]""", facts["context"]!.ToJsonString());
        Assert.Equal("""[{"server":"safe","name":"find","approval":false}]""", facts["tools"]!.ToJsonString());
        Assert.DoesNotContain("127.0.0.1", call.Text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _server.DisposeAsync();
    }

    private async Task ListAsync(string label = "docs") => await _gateway.Service<IMcpServers>().ListAsync(
        _gateway.Service<IMcpDirectory>().Find(label)!, McpWorld.Anna, CancellationToken.None);

    private async Task<JsonNode> ExplainAsync((string Path, string Body) request)
    {
        ClientCall call = await SendAsync(request);
        Assert.True(call.Status == 200, call.Text);
        return call.Json["tools"]!;
    }

    private Task<ClientCall> SendAsync((string Path, string Body) request) => _gateway.SendAsync(
        ManagementEndpoints.Explain, request.Body, $"?path={Uri.EscapeDataString(request.Path)}");

    private static (string Path, string Body) Chat(string model, string prompt, string door) => (
        $"/v1/{door}",
        door == "responses"
            ? $$"""{"model":"{{model}}","input":"{{prompt}}"}"""
            : $$"""{"model":"{{model}}","messages":[{"role":"user","content":"{{prompt}}"}]}""");
}
