using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Limits;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Exchanges.Limits;
using Lightport.Tests.Mcp;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.McpDoor;

/// <summary>Resources and prompts of the configured MCP servers behind the gateway's own door.</summary>
public sealed class EntryFederationTests : IAsyncDisposable
{
    private const string Every = "lp-every-key-0123456789";
    private const string Some = "lp-some-key-0123456789";
    private const string None = "lp-none-key-0123456789";
    private const string Policy = "lightport:docs/policy://current?of=2026";

    private const string Lists = """
        {
          "resources/list": {"resources":[
            {"uri":"policy://current?of=2026","name":"policy","title":"Policy","description":"What holds.","mimeType":"text/plain","size":15,
             "annotations":{"audience":["user"],"priority":0.5}}]},
          "resources/templates/list": {"resourceTemplates":[{"uriTemplate":"policy://{year}","name":"years","mimeType":"text/plain"}]},
          "prompts/list": {"prompts":[{"name":"tone","title":"Tone","description":"How to speak.","arguments":[{"name":"to","description":"Whom.","required":true}]}]}
        }
        """;

    private readonly RawServer _docs = Server(Lists);
    private readonly RawServer _bare = Server("{}");
    private readonly TestGateway _gateway;

    public EntryFederationTests() => _gateway = new TestGateway(
        $$"""
        mcp:
          servers:
            docs: { url: "{{_docs.Address}}", private: on, federate: [resources, prompts] }
            bare: { url: "{{_bare.Address}}", private: on, federate: [resources, prompts] }
            kept: { url: "{{_docs.Address}}", private: on }
        models:
          helpdesk: { targets: [openai/x], tools: [docs] }
          plain: openai/y
        keys:
          - { name: every, sha256: {{Hash(Every)}} }
          - { name: some, sha256: {{Hash(Some)}}, models: ["help*"], limits: { requests-per-minute: 3 } }
          - { name: none, sha256: {{Hash(None)}}, models: [plain] }
        """,
        configure: services => services.AddSingleton<ILimitLedger>(
            provider => new TestLedger(provider.GetRequiredService<TimeProvider>())));

    [Theory]
    [InlineData(Every, 1)]
    [InlineData(Some, 1)]
    [InlineData(None, 0)]
    public async Task Lists_AreThoseOfServersThatTheKeysModelsHave_AndThatAreFederated(string key, int count)
    {
        JsonArray resources = (await _gateway.AskAsync("resources/list", key: key)).Result()["resources"]!.AsArray();
        JsonArray templates =
            (await _gateway.AskAsync("resources/templates/list", key: key)).Result()["resourceTemplates"]!.AsArray();
        JsonArray prompts = (await _gateway.AskAsync("prompts/list", key: key)).Result()["prompts"]!.AsArray();

        Assert.Equal((count, count, count), (resources.Count, templates.Count, prompts.Count));
        if (count > 0)
        {
            Same(
                """
                {"uri":"lightport:docs/policy://current?of=2026","name":"policy","title":"Policy","description":"What holds.",
                 "mimeType":"text/plain","size":15,"annotations":{"audience":["user"],"priority":0.5}}
                """,
                resources[0]);
            Same("""{"uriTemplate":"lightport:docs/policy://{year}","name":"years","mimeType":"text/plain"}""", templates[0]);
            Same(
                """
                {"name":"docs__tone","title":"Tone","description":"How to speak.",
                 "arguments":[{"name":"to","description":"Whom.","required":true}]}
                """,
                prompts[0]);
        }
    }

    [Fact]
    public async Task Lists_AreAskedForOnce_AndAServerWithoutThemHasNone()
    {
        for (int i = 0; i < 2; i++)
        {
            await _gateway.AskAsync("resources/list", key: Every);
            await _gateway.AskAsync("resources/templates/list", key: Every);
            await _gateway.AskAsync("prompts/list", key: Every);
        }

        string[] once = ["prompts/list", "resources/list", "resources/templates/list", "server/discover"];
        Assert.Equal(once, _docs.Asked.Order());
        Assert.Equal(once, _bare.Asked.Order());
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.EventId == 562);
    }

    [Fact]
    public async Task Resource_IsReadAtItsServerByItsOwnAddress()
    {
        ClientCall call = await ReadAsync(Policy, Some);

        Same(
            """
            [{"uri":"lightport:docs/policy://current?of=2026","mimeType":"text/plain","text":"Pay in advance."},
             {"uri":"lightport:docs/policy://seal","mimeType":"image/png","blob":"aW1hZ2U="}]
            """,
            call.Result()["contents"]);
        Assert.Equal((60_000, "private"), ((int?)call.Result()["ttlMs"], (string?)call.Result()["cacheScope"]));
        RawCall asked = Assert.Single(_docs.Calls, one => one.Rpc == "resources/read");
        Assert.Equal("policy://current?of=2026", (string?)asked.Parameters!["uri"]);
        Assert.Equal("policy://current?of=2026", asked.Headers["Mcp-Name"]);
    }

    [Fact]
    public async Task Prompt_IsGotWithItsArgumentsAsTheyCame()
    {
        ClientCall call = await _gateway.AskAsync(
            "prompts/get",
            new JsonObject { ["name"] = "docs__tone", ["arguments"] = new JsonObject { ["to"] = "Ada" } },
            key: Some);

        Same(
            """
            [{"role":"user","content":{"type":"text","text":"Speak softly."}},
             {"role":"assistant","content":{"type":"resource","resource":{"uri":"lightport:docs/policy://x","text":"X","mimeType":"text/plain"}}},
             {"role":"user","content":{"type":"resource_link","uri":"lightport:docs/policy://y","name":"y"}}]
            """,
            call.Result()["messages"]);
        RawCall asked = Assert.Single(_docs.Calls, one => one.Rpc == "prompts/get");
        Assert.Equal("tone", (string?)asked.Parameters!["name"]);
        Same("""{"to":"Ada"}""", asked.Parameters["arguments"]);
    }

    [Theory]
    [InlineData("""{"type":"ref/prompt","name":"docs__tone"}""", """{"type":"ref/prompt","name":"tone"}""")]
    [InlineData(
        """{"type":"ref/resource","uri":"lightport:docs/policy://{year}"}""",
        """{"type":"ref/resource","uri":"policy://{year}"}""")]
    public async Task Completion_IsTheServers(string told, string asked)
    {
        ClientCall call = await _gateway.AskAsync(
            "completion/complete",
            new JsonObject
            {
                ["ref"] = JsonNode.Parse(told),
                ["argument"] = new JsonObject { ["name"] = "to", ["value"] = "A" },
            },
            key: Some);

        JsonNode completion = call.Result()["completion"]!;
        Assert.Equal((100, true), (completion["values"]!.AsArray().Count, (bool?)completion["hasMore"]));
        RawCall one = Assert.Single(_docs.Calls, one => one.Rpc == "completion/complete");
        Same(asked, one.Parameters!["ref"]);
        Same("""{"name":"to","value":"A"}""", one.Parameters["argument"]);
    }

    [Theory]
    [InlineData(None, Policy)]
    [InlineData(Some, "lightport:bare/policy://current")]
    [InlineData(Every, "lightport:kept/policy://current")]
    [InlineData(Every, "policy://current")]
    [InlineData(Every, "lightport:docs/")]
    [InlineData(Every, "lightport:docs/policy://none")]
    public async Task Resource_ThatTheCallerHasNot_IsOneThatThereIsNot(string key, string address)
    {
        JsonNode newer = (await ReadAsync(address, key)).Message()["error"]!;

        Assert.Equal((-32602, address), ((int?)newer["code"], (string?)newer["data"]!["uri"]));
        Assert.Equal(
            address == "lightport:docs/policy://none" ? 1 : 0,
            _docs.Asked.Concat(_bare.Asked).Count(asked => asked == "resources/read"));
    }

    [Fact]
    public async Task Resource_ThatThereIsNot_HasItsOwnCodeInOlderRevisions()
    {
        ClientCall call = await _gateway.AskAsync(
            "resources/read", new JsonObject { ["uri"] = "lightport:docs/policy://none" }, "2025-11-25", Every);

        Assert.Equal(-32002, (int?)call.Message()["error"]!["code"]);
    }

    [Theory]
    [InlineData("docs__none", -32602)]
    [InlineData("kept__tone", -32602)]
    [InlineData("tone", -32602)]
    public async Task Prompt_ThatTheCallerHasNot_IsAnError(string name, int code)
    {
        ClientCall call = await _gateway.AskAsync("prompts/get", new JsonObject { ["name"] = name }, key: Every);

        Assert.Equal(code, (int?)call.Message()["error"]!["code"]);
    }

    [Fact]
    public async Task Reading_IsARequestOfItsCallers_ThatLimitsHold()
    {
        await ReadAsync(Policy, Some);
        Assert.Equal(
            ("some", "docs:resources/read", 0), (_gateway.Record.Key, _gateway.Record.Tool, _gateway.Record.Runs.Count));
        Assert.Contains(
            "'resources/read' of 'docs': ok",
            Assert.Single(_gateway.Log.Lines, line => line.EventId == 952).Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.Text.Contains("policy://", StringComparison.Ordinal));

        await ReadAsync(Policy, Some);
        await ReadAsync(Policy, Some);
        JsonNode refused = (await ReadAsync(Policy, Some)).Message()["error"]!;

        Assert.Contains("allows 3 requests a minute", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Equal(
            (-32000, "rate_limit_exceeded", "key"),
            ((int?)refused["code"], (string?)refused["data"]!["code"], (string?)refused["data"]!["limit"]));
        Assert.InRange((int?)refused["data"]!["retry_after_seconds"] ?? 0, 1, 60);
        Assert.Equal(3, _docs.Asked.Count(asked => asked == "resources/read"));
    }

    /// <summary>Whoever has no limits lists as often as they like.</summary>
    [Theory]
    [InlineData("tools/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    [InlineData("prompts/list")]
    public async Task List_IsARequestOfItsCallers_ThatLimitsHold(string method)
    {
        for (int listed = 0; listed < 3; listed++)
        {
            Assert.NotNull((await _gateway.AskAsync(method, key: Some)).Message()["result"]);
        }

        JsonNode refused = (await _gateway.AskAsync(method, key: Some)).Message()["error"]!;
        JsonNode? unlimited = (await _gateway.AskAsync(method, key: Every)).Message()["result"];

        Assert.Contains("allows 3 requests a minute", (string?)refused["message"], StringComparison.Ordinal);
        Assert.Equal(
            (-32000, "rate_limit_exceeded", "key"),
            ((int?)refused["code"], (string?)refused["data"]!["code"], (string?)refused["data"]!["limit"]));
        Assert.InRange((int?)refused["data"]!["retry_after_seconds"] ?? 0, 1, 60);
        Assert.NotNull(unlimited);
    }

    [Theory]
    [InlineData("policy://asks", "input_required", "asks its user for something first")]
    [InlineData("policy://many", "too_large", "more than 64 parts")]
    [InlineData("policy://odd", "unreadable", "cannot be understood")]
    public async Task Server_ThatAnswersNoResource_IsAnErrorThatSaysSo(string uri, string code, string words)
    {
        JsonNode failed = (await ReadAsync($"lightport:docs/{uri}", Every)).Message()["error"]!;

        Assert.Equal((-32000, code), ((int?)failed["code"], (string?)failed["data"]!["code"]));
        Assert.Contains(words, (string?)failed["message"], StringComparison.Ordinal);
    }

    /// <summary>Nobody could be told, and a yes would be a lie.</summary>
    [Theory]
    [InlineData("resources/subscribe", "2025-11-25")]
    [InlineData("resources/unsubscribe", "2025-11-25")]
    [InlineData("resources/subscribe", McpCall.Newest)]
    public async Task Subscription_IsNoMethodHere(string method, string version)
    {
        ClientCall call = await _gateway.AskAsync(method, new JsonObject { ["uri"] = Policy }, version, Every);

        Assert.Equal((404, -32601), (call.Status, (int?)call.Message()["error"]!["code"]));
    }

    [Fact]
    public async Task Nothing_IsDeclaredWhereNoServerIsFederated()
    {
        using var gateway = new TestGateway(
            """
            mcp: { servers: { docs: { url: "https://docs.example/mcp" } } }
            models: { fast: openai/x }
            """);

        ClientCall call = await gateway.AskAsync("resources/list");

        Assert.Equal((404, -32601), (call.Status, (int?)call.Message()["error"]!["code"]));
    }

    [Fact]
    public async Task List_OfMoreThanIsTaken_IsTakenInPart_AndSaysSo()
    {
        string many = string.Join(',', Enumerable.Range(0, 600).Select(i => $$"""{"uri":"a://{{i}}","name":"n"}"""));
        string large = new('x', 20_000);
        await using RawServer server = Server($$"""
            {"resources/list":{"resources":[{"uri":"a://0","name":"n"},{"uri":"a://0","name":"again"},7,{"name":"none"},
            {"uri":"a://l","name":"n","description":"{{large}}"},{{many}}]} }
            """);
        await using var world = new McpWorld();

        var listed = await world.Catalog.ResourcesAsync(McpWorld.At(server), McpWorld.Anna, default);

        Assert.Equal(512, listed.Count);
        string told = Assert.Single(world.Log.Lines, line => line.EventId == 904).Text;
        Assert.Contains("a://0 (there are two of this name)", told, StringComparison.Ordinal);
        Assert.Contains("a://l (it says too much of itself)", told, StringComparison.Ordinal);
        Assert.Contains("one without a name", told, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        await _docs.DisposeAsync();
        await _bare.DisposeAsync();
    }

    private Task<ClientCall> ReadAsync(string address, string key) =>
        _gateway.AskAsync("resources/read", new JsonObject { ["uri"] = address }, key: key);

    private static void Same(string expected, JsonNode? told) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), told), told?.ToJsonString());

    private static RawServer Server(string lists)
    {
        JsonObject known = JsonNode.Parse(lists)!.AsObject();
        return new(request => request.Rpc switch
        {
            "server/discover" => request.ResultAsync("""
                {"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"resources":{},"prompts":{},"completions":{}},"ttlMs":0,"cacheScope":"public"}
                """),
            "resources/read" when (string?)request.Parameters!["uri"] == "policy://none" =>
                request.ErrorAsync(-32002, "no such resource"),
            "resources/read" => request.ResultAsync(Content((string?)request.Parameters!["uri"])),
            "prompts/get" when (string?)request.Parameters!["name"] == "tone" => request.ResultAsync("""
                {"resultType":"complete","messages":[
                  {"role":"user","content":{"type":"text","text":"Speak softly."}},
                  {"role":"assistant","content":{"type":"resource","resource":{"uri":"policy://x","text":"X","mimeType":"text/plain"}}},
                  {"role":"user","content":{"type":"resource_link","uri":"policy://y","name":"y"}}]}
                """.ReplaceLineEndings("")),
            "prompts/get" => request.ErrorAsync(-32602, "no such prompt"),
            "completion/complete" => request.ResultAsync(
                $$"""{"resultType":"complete","completion":{"values":[{{string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"A{i}\""))}}]} }"""),
            _ when known[request.Rpc] is { } list => request.ResultAsync(list.ToJsonString()),
            _ => request.ErrorAsync(-32601, "no such method", 404),
        });
    }

    private static string Content(string? uri) => uri switch
    {
        "policy://current?of=2026" => """
            {"resultType":"complete","ttlMs":60000,"cacheScope":"public","contents":[{"uri":"policy://current?of=2026","mimeType":"text/plain","text":"Pay in advance."},{"uri":"policy://seal","mimeType":"image/png","blob":"aW1hZ2U="}]}
            """,
        "policy://asks" => """
            {"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"mode":"form","message":"?","requestedSchema":{"type":"object","properties":{}}}}}}
            """,
        "policy://many" => $$"""
            {"resultType":"complete","contents":[{{string.Join(',', Enumerable.Range(0, 65).Select(_ => """{"uri":"a://b","text":"x"}"""))}}]}
            """,
        _ => """{"resultType":"complete","contents":{"uri":7}}""",
    };

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
