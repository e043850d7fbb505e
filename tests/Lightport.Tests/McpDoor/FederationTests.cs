using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.McpDoor;

/// <summary>The tools of the configured MCP servers behind the gateway's own door.</summary>
public sealed class FederationTests : IDisposable
{
    private const string Every = "lp-every-key-0123456789";
    private const string Some = "lp-some-key-0123456789";
    private const string None = "lp-none-key-0123456789";

    private readonly ScriptedServers _servers = new ScriptedServers()
        .Has("docs", ScriptedServers.Tool("search"), ScriptedServers.Tool("delete"))
        .Has("crm", ScriptedServers.Tool("search"))
        .Has("odd", ScriptedServers.Tool("list", """{"type":"array"}"""), ScriptedServers.Tool(new string('x', 128)));

    private readonly TestGateway _gateway;

    public FederationTests() => _gateway = new TestGateway(
        $$"""
        mcp:
          servers:
            docs: { url: "https://docs.example/mcp", approval: { always: [delete] } }
            crm:  { url: "https://crm.example/mcp" }
            odd:  { url: "https://odd.example/mcp" }
            away: { url: "https://away.example/mcp" }
        models:
          helpdesk: { targets: [openai/x], tools: [docs, away] }
          plain: openai/y
        keys:
          - { name: every, sha256: {{Hash(Every)}} }
          - { name: some, sha256: {{Hash(Some)}}, models: ["help*"] }
          - { name: none, sha256: {{Hash(None)}}, models: [plain] }
        """,
        configure: services => services.AddSingleton<IMcpServers>(_servers));

    [Theory]
    [InlineData(Every, "docs__search", "crm__search")]
    [InlineData(Some, "docs__search")]
    [InlineData(None)]
    public async Task Tools_AreThoseOfServersThatTheKeysModelsHave(string key, params string[] expected)
    {
        ClientCall call = await _gateway.AskAsync("tools/list", key: key);

        IEnumerable<string> names = call.Result()["tools"]!.AsArray().Select(tool => (string)tool!["name"]!);
        Assert.Equal(expected, names.Where(name => name.Contains("__", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ServerThatIsAway_IsLeftOutAndLogged()
    {
        await _gateway.AskAsync("tools/list", key: Some);

        Assert.Contains(
            "MCP server away are left out, which cannot list them: It is away.",
            Assert.Single(_gateway.Log.Lines, line => line.EventId == 562).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_IsToldAsItsServerDescribesIt()
    {
        JsonNode tool = (await _gateway.AskAsync("tools/list", key: Some)).Result()["tools"]![4]!;

        Assert.Equal("About search.", (string?)tool["description"]);
        Assert.True((bool?)tool["annotations"]!["readOnlyHint"]);
        Assert.Equal("""{"type":"object"}""", tool["inputSchema"]!.ToJsonString());
    }

    [Fact]
    public async Task Call_GoesToTheToolsServerWithTheArgumentsAsTheyCame()
    {
        ClientCall call = await _gateway.CallToolAsync(
            "docs__search", new JsonObject { ["query"] = "leave", ["most"] = 3 }, Some);

        Assert.Equal("done", call.ToolText());
        Assert.Equal([("docs", "search", """{"query":"leave","most":3}""")], _servers.Calls);
        Assert.NotEqual("anonymous", _servers.LastCaller!.Scope);
        Assert.Null(_servers.LastCaller.UserToken);
        Assert.Contains(
            "tool=docs__search outcome=ok",
            Assert.Single(_gateway.Log.Lines, line => line.EventId == 561).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_IsToldLikeOneThatAModelHasMade()
    {
        await _gateway.CallToolAsync("docs__search", new JsonObject { ["query"] = "canary-query" }, Some);

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 952);
        Assert.Contains("'search' of 'docs': ok", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-query", line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(None, "docs__search")]
    [InlineData(Some, "crm__search")]
    [InlineData(Every, "docs__delete")]
    [InlineData(Every, "odd__list")]
    [InlineData(Every, "docs__nothing")]
    [InlineData(Every, "search")]
    public async Task Call_OfWhatTheCallerHasNot_IsOfAToolThatThereIsNot(string key, string tool)
    {
        ClientCall call = await _gateway.CallToolAsync(tool, [], key);

        Assert.Equal(-32602, (int?)call.Message()["error"]!["code"]);
        Assert.Empty(_servers.Calls);
    }

    [Fact]
    public async Task Failure_IsAResult()
    {
        _servers.Answer = (_, _) => new(new McpOutcome([new TextPart("It did not answer in time.")])
        {
            IsError = true,
            Failure = "timeout",
        });

        ClientCall call = await _gateway.CallToolAsync("docs__search", [], Some);

        Assert.Equal("It did not answer in time.", call.ToolFailure());
    }

    [Fact]
    public async Task Media_StaysWhatItIs()
    {
        _servers.Answer = (_, _) => new(new McpOutcome(
        [
            new ImagePart(MediaSource.FromBase64("aW1hZ2U=", "image/png")),
            new AudioPart(MediaSource.FromBase64("c291bmQ=", "audio/wav")),
            new FilePart(MediaSource.FromBase64("ZmlsZQ==", "application/pdf")) { Filename = "a b.pdf" },
        ]));

        JsonArray content = (await _gateway.CallToolAsync("docs__search", [], Some)).Result()["content"]!.AsArray();

        Assert.Equal(("image", "aW1hZ2U="), ((string?)content[0]!["type"], (string?)content[0]!["data"]));
        Assert.Equal(("audio", "audio/wav"), ((string?)content[1]!["type"], (string?)content[1]!["mimeType"]));
        Assert.Equal(
            ("file:///a%20b.pdf", "ZmlsZQ=="),
            ((string?)content[2]!["resource"]!["uri"], (string?)content[2]!["resource"]!["blob"]));
    }

    [Fact]
    public async Task Progress_IsToldBeforeTheAnswer()
    {
        _servers.Answer = (progress, _) =>
        {
            progress!("Half way.");
            return new(new McpOutcome([new TextPart("done")]));
        };

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            """
            {"jsonrpc":"2.0","id":1,"method":"tools/call",
             "params":{"name":"docs__search","arguments":{},"_meta":{"progressToken":"p"}}}
            """,
            McpCall.Headers("tools/call", version: "2025-11-25", key: Some));

        Assert.Equal("done", call.ToolText());
        int told = call.Text.IndexOf("\"message\":\"Half way.\"", StringComparison.Ordinal);
        Assert.InRange(told, 0, call.Text.IndexOf("done", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Client_ThatGoes_CancelsTheCall()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool canceled = false;
        _servers.Answer = async (_, token) =>
        {
            begun.SetResult();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                canceled = true;
            }

            throw new InvalidOperationException("The wait is endless.");
        };
        ClientCall call = _gateway.Start(
            GatewayEndpoints.Mcp,
            McpCall.Body("tools/call", new JsonObject { ["name"] = "docs__search" }),
            McpCall.Headers("tools/call", "docs__search", key: Some));
        await begun.Task;

        call.Abort();
        await call.Done;

        Assert.True(canceled);
    }

    [Fact]
    public async Task HeadersThatAServerWants_AreNotAskedOfClients()
    {
        using var gateway = new TestGateway(
            """
            mcp: { servers: { docs: { url: "https://docs.example/mcp" } } }
            models: { fast: openai/x }
            """,
            configure: services => services.AddSingleton<IMcpServers>(new ScriptedServers().Has(
                "docs",
                ScriptedServers.Tool(
                    "search",
                    """{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}"""))));

        JsonNode tool = (await gateway.AskAsync("tools/list")).Result()["tools"]![4]!;

        Assert.Equal(
            """{"type":"object","properties":{"region":{"type":"string"}}}""", tool["inputSchema"]!.ToJsonString());
    }

    public void Dispose() => _gateway.Dispose();

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
