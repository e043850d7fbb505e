using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.McpDoor;

/// <summary>The gateway's MCP door as the protocol has it: revisions, headers, statuses.</summary>
public sealed class ProtocolTests : IDisposable
{
    private const string Initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"VERSION","capabilities":{},
         "clientInfo":{"name":"t","version":"1"}}}
        """;

    private readonly TestGateway _gateway = new("""
        models: { fast: openai/x }
        cors: { origins: ["https://app.contoso.com"] }
        """);

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    [InlineData("2025-03-26")]
    public async Task Initialize_OfAnOlderRevision_IsAnsweredWithoutASession(string version)
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            Initialize.Replace("VERSION", version, StringComparison.Ordinal),
            McpCall.Headers("initialize", version: null));

        Assert.Equal(200, call.Status);
        Assert.Null(call.Header("mcp-session-id"));
        Assert.Equal(version, (string?)call.Result()["protocolVersion"]);
        Assert.Equal("lightport", (string?)call.Result()["serverInfo"]!["name"]);
        Assert.NotNull(call.Result()["capabilities"]!["tools"]);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    [InlineData(null)]
    public async Task ToolsList_NeedsNothingBeforeIt(string? version)
    {
        ClientCall call = await _gateway.AskAsync("tools/list", version: version);

        Assert.Equal(200, call.Status);
        Assert.Equal(
            ["list_models", "ask_model", "explain_route", "read_usage"],
            call.Result()["tools"]!.AsArray().Select(tool => (string?)tool!["name"]));
    }

    [Fact]
    public async Task ToolsList_IsForItsCallerAloneAndForAMinute()
    {
        JsonObject result = (await _gateway.AskAsync("tools/list")).Result();

        Assert.Equal(("private", 60_000), ((string?)result["cacheScope"], (int?)result["ttlMs"]));
    }

    [Fact]
    public async Task Discover_NamesTheStatelessRevision()
    {
        JsonObject result = (await _gateway.AskAsync("server/discover")).Result();

        Assert.Equal(["2026-07-28"], result["supportedVersions"]!.AsArray().Select(version => (string?)version));
    }

    [Fact]
    public async Task Notification_Is202WithoutABody()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            """{"jsonrpc":"2.0","method":"notifications/initialized"}""",
            McpCall.Headers("notifications/initialized", version: "2025-11-25"));

        Assert.Equal((202, ""), (call.Status, call.Text));
        Assert.Null(call.Header("content-type"));
    }

    [Fact]
    public async Task Version_ThatIsNone_Is400ThatNamesOnesThatAre()
    {
        ClientCall call = await _gateway.AskAsync("tools/list", version: "1999-01-01");

        Assert.Equal(400, call.Status);
        Assert.Equal((-32022, 7), ((int?)call.Json["error"]!["code"], (int?)call.Json["id"]));
        Assert.Equal(
            ["2026-07-28"],
            call.Json["error"]!["data"]!["supported"]!.AsArray().Select(version => (string?)version));
    }

    [Theory]
    [InlineData("Mcp-Method", "tools/call")]
    [InlineData("Mcp-Method", "")]
    [InlineData("Mcp-Name", "ask_model")]
    [InlineData("Mcp-Name", "=?base64?!?=")]
    [InlineData("MCP-Protocol-Version", "2025-11-25")]
    public async Task Header_ThatSaysOtherThanTheMessage_Is400(string header, string value)
    {
        bool isName = header == "Mcp-Name";
        string method = isName ? "tools/call" : "tools/list";
        Dictionary<string, string> headers = McpCall.Headers(method, isName ? "list_models" : null);
        headers[header] = value;

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            McpCall.Body(method, isName ? new JsonObject { ["name"] = "list_models" } : null),
            headers);

        Assert.Equal(400, call.Status);
        Assert.Equal((-32020, 7), ((int?)call.Json["error"]!["code"], (int?)call.Json["id"]));
    }

    [Fact]
    public async Task Name_InBase64_IsRead()
    {
        Dictionary<string, string> headers = McpCall.Headers("tools/call", "=?base64?bGlzdF9tb2RlbHM=?=");

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp, McpCall.Body("tools/call", new JsonObject { ["name"] = "list_models" }), headers);

        Assert.Contains("fast", call.ToolText(), StringComparison.Ordinal);
    }

    /// <summary>They are told again, the token with every word of progress.</summary>
    [Theory]
    [InlineData("id", """{"jsonrpc":"2.0","id":"LONG","method":"tools/list"}""")]
    [InlineData("method", """{"jsonrpc":"2.0","id":"7","method":"LONG"}""")]
    [InlineData(
        "params._meta.progressToken",
        """{"jsonrpc":"2.0","id":"7","method":"tools/list","params":{"_meta":{"progressToken":"LONG"}}}""")]
    public async Task Token_ThatIsLong_Is400ThatNamesIt(string field, string message)
    {
        ClientCall call = await SendAsync(257);

        Assert.Equal((400, -32600), (call.Status, (int?)call.Json["error"]!["code"]));
        Assert.Equal($"'{field}' may have 256 characters at most.", (string?)call.Json["error"]!["message"]);
        Assert.Equal(field == "id" ? null : "7", (string?)call.Json["id"]);
        Assert.NotEqual(400, (await SendAsync(256)).Status);

        Task<ClientCall> SendAsync(int length) => _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            message.Replace("LONG", new string('x', length), StringComparison.Ordinal),
            McpCall.Headers("tools/list", version: "2025-11-25"));
    }

    [Fact]
    public async Task Meta_LeftOutOfTheStatelessRevision_Is400()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}}""",
            McpCall.Headers("tools/list"));

        Assert.Equal((400, -32602), (call.Status, (int?)call.Json["error"]!["code"]));
    }

    [Theory]
    [InlineData("ping")]
    [InlineData("prompts/list")]
    [InlineData("no/such")]
    public async Task Method_ThatTheRevisionHasNot_Is404(string method)
    {
        ClientCall call = await _gateway.AskAsync(method);

        Assert.Equal((404, -32601), (call.Status, (int?)call.Message()["error"]!["code"]));
    }

    [Theory]
    [InlineData("", -32700)]
    [InlineData("{", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}""", -32700)]
    [InlineData("null", -32600)]
    [InlineData("[]", -32600)]
    [InlineData("""{"hello":1}""", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600)]
    public async Task Body_ThatIsNoMessage_Is400InJsonRpc(string body, int code)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Mcp, body, McpCall.Headers("ping", version: null));

        Assert.Equal((400, code), (call.Status, (int?)call.Json["error"]!["code"]));
    }

    [Fact]
    public async Task Body_LongerThanAMessageMayBe_Is413()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp, new string(' ', (4 << 20) + 1), McpCall.Headers("ping", version: null));

        Assert.Equal(413, call.Status);
        Assert.Equal("2.0", (string?)call.Json["jsonrpc"]);
    }

    [Fact]
    public async Task Accept_WithoutEvents_Is406()
    {
        Dictionary<string, string> headers = McpCall.Headers("tools/list");
        headers["Accept"] = "application/json";

        Assert.Equal(
            406, (await _gateway.SendAsync(GatewayEndpoints.Mcp, McpCall.Body("tools/list"), headers)).Status);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task OtherMethod_Is405AsWhereThereAreNoSessions(string method)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Unknown, path: "/mcp", method: method);

        Assert.Equal((405, "POST"), (call.Status, call.Header("allow")));
        Assert.Equal("2.0", (string?)call.Json["jsonrpc"]);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("http://evil.example:7071", 403)]
    [InlineData("null", 403)]
    [InlineData("https://app.contoso.com", 200)]
    [InlineData("http://localhost:6274", 200)]
    public async Task Page_MayCallWhereItIsListedOrOfThisMachine(string origin, int status)
    {
        using var gateway = new TestGateway(
            """
            models: { fast: openai/x }
            cors: { origins: ["https://app.contoso.com"] }
            """,
            clientKey: "lp-canary-key");
        foreach ((TestGateway asked, string? key) in new[] { (_gateway, null), (gateway, "lp-canary-key") })
        {
            Dictionary<string, string> headers = McpCall.Headers("tools/list", key: key);
            headers["Origin"] = origin;

            Assert.Equal(
                status,
                (await asked.SendAsync(GatewayEndpoints.Mcp, McpCall.Body("tools/list"), headers)).Status);
        }
    }

    /// <summary>Four mebibytes of commas would be hundreds of objects.</summary>
    [Theory]
    [InlineData(99_000, 200)]
    [InlineData(100_000, 413)]
    public async Task Message_OfTooManyValues_IsTooLarge(int values, int status)
    {
        string arguments = "{\"a\":[" + string.Join(',', Enumerable.Repeat("1", values)) + "]}";
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            McpCall.Body(
                "tools/call",
                new JsonObject { ["name"] = "none", ["arguments"] = JsonNode.Parse(arguments) },
                version: null),
            McpCall.Headers("tools/call", version: null));

        Assert.Equal(status, call.Status);
    }

    /// <summary>What is no text is the client's mistake, wherever it stands, and none of the gateway's.</summary>
    [Theory]
    [InlineData("""{"name":"\ud800"}""", 400)]
    [InlineData("""{"name":"ask_model","arguments":{"\ud800":1}}""", 400)]
    [InlineData("""{"name":"ask_model","arguments":{"model":"m","prompt":"\udc00"}}""", 400)]
    [InlineData("""{"name":"\ud83d\ude00 \" \u00e9"}""", 200)]
    [InlineData("""{"name":null}""", 200)]
    public async Task Message_WithHalfOfALetter_IsRefusedAsSuch(string parameters, int status)
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Mcp,
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":PARAMETERS}""".Replace(
                "PARAMETERS", parameters, StringComparison.Ordinal),
            McpCall.Headers("tools/call", version: null));

        Assert.Equal(status, call.Status);
        Assert.Equal(status == 400 ? -32600 : -32602, (int?)call.Message()["error"]!["code"]);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.EventId == 8);
    }

    [Fact]
    public async Task NoKey_Is401BeforeTheBodyIsRead()
    {
        using var gateway = new TestGateway("models: { m: openai/x }", clientKey: "lp-canary-key");

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Mcp, "no json", McpCall.Headers("tools/list"));

        Assert.Equal((401, "2.0"), (call.Status, (string?)call.Json["jsonrpc"]));
        Assert.Equal("invalid_api_key", (string?)call.Json["error"]!["data"]!["code"]);
    }

    public void Dispose() => _gateway.Dispose();
}
