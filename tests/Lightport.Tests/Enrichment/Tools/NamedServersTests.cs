using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Mcp;
using Lightport.Tests.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Tools;

/// <summary>Servers that a client names itself: beside its route's, by which right, and under which label.</summary>
public sealed class NamedServersTests : IDisposable
{
    private const string Every = "lp-every-key-0123456789";
    private const string Some = "lp-some-key-0123456789";
    private const string None = "lp-none-key-0123456789";

    private readonly FakeMcpServers _servers = new();
    private readonly TestGateway _gateway;

    public NamedServersTests()
    {
        _servers.Tools["crm"] = [FakeMcpServers.Tool("find"), FakeMcpServers.Tool("get") with { IsReadOnly = true }];
        _gateway = new TestGateway(
            $$"""
            mcp:
              servers:
                docs: { url: "https://docs.example/mcp" }
                crm: { url: "https://crm.example/mcp", approval: { always: [find] } }
              hosts: ["*.contoso.com"]
            models:
              house: { targets: [loose/llama], tools: [docs] }
              sales: { targets: [loose/llama], tools: [crm] }
              plain: loose/llama
            keys:
              - { name: every, sha256: {{Hash(Every)}} }
              - { name: some, sha256: {{Hash(Some)}}, models: [plain, "ho*"] }
              - { name: none, sha256: {{Hash(None)}}, models: [plain] }
            """,
            configure: services => services.AddSingleton<IMcpServers>(_servers));
    }

    [Fact]
    public async Task ServerOfTheRoute_ThatTheClientNamesToo_HasOnlyWhatBothWant()
    {
        Answers(new Said("Hm.", ("call_1", "search", "{}")));
        ClientCall call = await AskAsync("house", """{"server_label":"docs","allowed_tools":["search"]}""");

        Assert.Equal(["search"], Offered());
        Assert.Contains("mcp_approval_request", Types(call));
        Assert.Empty(_servers.Calls);
    }

    [Fact]
    public async Task ServerOfTheRoute_ThatTheClientWantsOnlyToReadFrom_IsOnlyReadFrom()
    {
        Answers(new Said("Hm."));
        await AskAsync(
            "sales", """{"server_label":"crm","allowed_tools":{"read_only":true},"require_approval":"never"}""");

        Assert.Equal(["get"], Offered());
    }

    [Fact]
    public async Task ServerOfTheRoute_KeepsItsApproval_WhateverTheClientSays()
    {
        Answers(new Said("Hm.", ("call_1", "find", "{}")));
        ClientCall call = await AskAsync(
            "sales",
            """{"server_label":"mine","server_url":"https://crm.example/mcp/?x=1","require_approval":"never"}""");

        Assert.Contains("mcp_approval_request", Types(call));
        Assert.Empty(_servers.Calls);
    }

    [Theory]
    [InlineData(Every, "plain", "crm", 200)]
    [InlineData(Some, "plain", "docs", 200)]
    [InlineData(Some, "plain", "crm", 403)]
    [InlineData(None, "plain", "docs", 403)]
    [InlineData(None, "plain", "mine\",\"server_url\":\"https://docs.example/mcp?x=1", 403)]
    [InlineData(None, "plain", "mine\",\"server_url\":\"https://a.contoso.com/mcp", 424)]
    public async Task Server_MayBeNamed_WhereAModelOfTheKeysHasIt(string key, string model, string label, int status)
    {
        Answers(new Said("Hm."));
        ClientCall call = await AskAsync(
            model, $$"""{"server_label":"{{label}}","require_approval":"never"}""", key);

        Assert.Equal(status, call.Status);
        if (status == 403)
        {
            Assert.Contains("mcp_server_not_allowed", call.Text, StringComparison.Ordinal);
            Assert.Contains("tools[0].mcp", call.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Server_OfMessages_MayBeNamedByTheSameRight()
    {
        ClientCall call = await MessagesAsync("docs", "https://docs.example/mcp", None);

        Assert.Equal(403, call.Status);
    }

    [Fact]
    public async Task Label_OfTheClients_IsWhatItIsTold()
    {
        Answers(new Said("Hm. ", ("call_1", "search", "{}")), new Said("So."));
        ClientCall call = await AskAsync(
            "plain",
            """{"server_label":"mine","server_url":"https://docs.example/mcp","require_approval":"never"}""");

        JsonArray output = call.Json["output"]!.AsArray();
        Assert.Equal(["mcp_list_tools", "message", "mcp_call", "message"], Types(call));
        Assert.Equal("mine", (string?)output[0]!["server_label"]);
        Assert.Equal("mine", (string?)output[2]!["server_label"]);
        Assert.Equal("docs", Assert.Single(_servers.Asked));

        // What it brings back is said as it was, under the names that the model was told.
        Answers(new Said("Yes."));
        var turns = new JsonArray(ToolGateway.User("Is it so?"));
        foreach (JsonNode? item in output)
        {
            turns.Add(item!.DeepClone());
        }

        turns.Add(ToolGateway.User("Sure?"));
        ClientCall next = await AskAsync(
            "plain",
            """{"server_label":"mine","server_url":"https://docs.example/mcp","require_approval":"never"}""",
            input: turns);
        Assert.Equal(200, next.Status);
        Assert.Single(_servers.Calls);
    }

    [Fact]
    public async Task Label_OfTheClients_StandsInQuestionsAndBlocks()
    {
        Answers(new Said("Hm. ", ("call_1", "find", "{}")));
        ClientCall call = await AskAsync(
            "plain",
            """{"server_label":"mine","server_url":"https://crm.example/mcp","require_approval":"never"}""");
        JsonNode question = call.Json["output"]!.AsArray()
            .Single(item => (string?)item!["type"] == "mcp_approval_request")!;
        Assert.Equal("mine", (string?)question["server_label"]);

        Answers(new Said("Hm. ", ("call_2", "search", "{}")), new Said("So."));
        ClientCall blocks = await MessagesAsync("mine", "https://docs.example/mcp", Every);
        JsonNode use = blocks.Json["content"]!.AsArray().Single(block => (string?)block!["type"] == "mcp_tool_use")!;
        Assert.Equal("mine", (string?)use["server_name"]);
    }

    [Theory]
    [InlineData("nowhere", "no MCP server of this gateway")]
    [InlineData("far\",\"server_url\":\"https://far.example/mcp", "`mcp.hosts`")]
    public async Task Server_ThatIsNobodys_IsRefusedByWhatItIsNot(string label, string why)
    {
        ClientCall call = await AskAsync("plain", $$"""{"server_label":"{{label}}","require_approval":"never"}""");

        Assert.Equal(400, call.Status);
        Assert.Contains(why, (string?)call.Json["error"]!["message"], StringComparison.Ordinal);
        Assert.DoesNotContain("cannot be carried", call.Text, StringComparison.Ordinal);
        Assert.Equal("tools[0].mcp", (string?)call.Json["error"]!["param"]);
    }

    public void Dispose() => _gateway.Dispose();

    private void Answers(params Said[] rounds)
    {
        foreach (Said said in rounds)
        {
            _gateway.Upstream.Answer(ToolWire.All["house"].Answer(said, false));
        }
    }

    private Task<ClientCall> AskAsync(string model, string toolset, string key = Every, JsonArray? input = null)
    {
        JsonObject tool = JsonNode.Parse(toolset)!.AsObject();
        tool["type"] = "mcp";
        var body = new JsonObject
        {
            ["model"] = model,
            ["input"] = input ?? new JsonArray(ToolGateway.User("Is it so?")),
            ["store"] = false,
            ["tools"] = new JsonArray(tool),
        };
        return _gateway.SendAsync(GatewayEndpoints.Responses, body.ToJsonString(), Headers(key));
    }

    private Task<ClientCall> MessagesAsync(string label, string url, string key) => _gateway.SendAsync(
        GatewayEndpoints.Messages,
        $$"""
        {"model":"plain","max_tokens":64,"messages":[{"role":"user","content":"Is it so?"}],
         "mcp_servers":[{"type":"url","name":"{{label}}","url":"{{url}}"}],
         "tools":[{"type":"mcp_toolset","mcp_server_name":"{{label}}"}]}
        """,
        Headers(key));

    private static Dictionary<string, string> Headers(string key) => new() { ["Authorization"] = $"Bearer {key}" };

    private IEnumerable<string?> Offered() => _gateway.Upstream.Last.Json["tools"]!.AsArray()
        .Select(tool => (string?)tool!["function"]!["name"]);

    private static IEnumerable<string?> Types(ClientCall call) =>
        call.Json["output"]!.AsArray().Select(item => (string?)item!["type"]);

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
