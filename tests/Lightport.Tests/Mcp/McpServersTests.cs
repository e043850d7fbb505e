using System.Text.Json;
using Lightport.Mcp;

namespace Lightport.Tests.Mcp;

/// <summary>How often servers are asked, in which revision, and with which headers.</summary>
public sealed class McpServersTests
{
    private const string Stateless = "2026-07-28";

    [Fact]
    public async Task List_OfAStatelessServer_TakesItsToolsInOrderAndAsksOnce()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(
            call => McpWorld.SayAsync(call, "hi"),
            """{"name":"b","inputSchema":{"type":"object"}},{"name":"a","inputSchema":{"type":"object"},"annotations":{"readOnlyHint":true}}""");

        IReadOnlyList<McpTool> tools = await world.ListAsync(server);
        await world.ListAsync(server);

        Assert.Equal(["a", "b"], tools.Select(tool => tool.Name));
        Assert.True(tools[0] is { IsReadOnly: true, IsIdempotent: true });
        Assert.Equal(["server/discover", "tools/list"], server.Asked);
    }

    /// <summary>Plain servers, such as those after Python's http.server, read no body in chunks.</summary>
    [Fact]
    public async Task Request_SaysHowLongItsBodyIs()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Older(call => McpWorld.SayAsync(call, "hi"));

        await world.CallAsync(server);

        Assert.All(
            server.Calls.Where(call => call.HttpMethod == "POST"),
            call => Assert.Equal(
                ($"{System.Text.Encoding.UTF8.GetByteCount(call.Body)}", ""),
                (call.Header("Content-Length"), call.Header("Transfer-Encoding"))));
    }

    [Fact]
    public async Task Call_OfAKnownStatelessServer_IsOneRoundTripWithItsHeaders()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        await world.ListAsync(server);
        int before = server.Calls.Count;

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("hi", McpWorld.Text(outcome));
        RawCall only = Assert.Single(server.Calls.Skip(before));
        Assert.Equal(("tools/call", "echo", Stateless), (
            only.Header("Mcp-Method"), only.Header("Mcp-Name"), only.Header("MCP-Protocol-Version")));
        Assert.Equal("hello", (string?)only.Parameters!["arguments"]!["text"]);
        Assert.Equal(Stateless, (string?)only.Parameters["_meta"]!["io.modelcontextprotocol/protocolVersion"]);
        Assert.Equal("{}", only.Parameters["_meta"]!["io.modelcontextprotocol/clientCapabilities"]!.ToJsonString());
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2025-06-18")]
    public async Task Call_OfAnOlderServer_GreetsItOnceAndStaysInItsSession(string revision)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Older(call => McpWorld.SayAsync(call, "hi"), revision);

        await world.CallAsync(server);
        await world.CallAsync(server);

        Assert.Equal(
            ["server/discover", "initialize", "notifications/initialized", "tools/call", "tools/call"], server.Asked);
        Assert.All(server.Calls.Skip(2), call => Assert.Equal("s1", call.Header("Mcp-Session-Id")));
        Assert.All(server.Calls.Skip(2), call => Assert.Equal(revision, call.Header("MCP-Protocol-Version")));
    }

    [Fact]
    public async Task Call_AfterASessionHasEnded_GreetsAgainWithoutAskingForTheNewerRevision()
    {
        await using var world = new McpWorld();
        int calls = 0;
        await using RawServer server = McpWorld.Older(call =>
            ++calls == 2 ? call.JsonAsync("", 404) : McpWorld.SayAsync(call, "hi"));
        await world.CallAsync(server);

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("hi", McpWorld.Text(outcome));
        Assert.Equal(
            ["server/discover", "initialize", "notifications/initialized", "tools/call", "tools/call", "initialize",
                "notifications/initialized", "tools/call"],
            server.Asked.Where(asked => asked.Length > 0));
    }

    [Fact]
    public async Task List_OfManyPages_AsksForEachAndForNoMoreThanAreTaken()
    {
        await using var world = new McpWorld();
        int pages = 0;
        await using var server = new RawServer(request => request.Rpc == "server/discover"
            ? request.ResultAsync("""{"supportedVersions":["2026-07-28"],"capabilities":{}}""")
            : request.ResultAsync(
                $$"""{"tools":[{"name":"t{{++pages}}","inputSchema":{"type":"object"} }],"nextCursor":"{{pages}}"}"""));

        McpException refused = await Assert.ThrowsAsync<McpException>(async () => await world.ListAsync(server));

        Assert.Contains("more than 50 pages", refused.Message, StringComparison.Ordinal);
        Assert.Equal(McpBounds.MostPages, pages);
    }

    [Fact]
    public async Task List_WithToolsThatCannotBeUsed_LeavesThemOutAndSaysSo()
    {
        await using var world = new McpWorld();
        string twice = """{"name":"good","inputSchema":{"type":"object"}}""";
        string huge = $$"""{"name":"huge","inputSchema":{"type":"object","description":"{{new string('x', 70_000)}}"} }""";
        string header = """
            {"name":"header","inputSchema":{"type":"object","properties":{"a":{"type":"object","x-mcp-header":"A"}}}}
            """;
        await using RawServer server = McpWorld.Stateless(
            call => McpWorld.SayAsync(call, "hi"), string.Join(",", twice, twice, huge, header));

        IReadOnlyList<McpTool> tools = await world.ListAsync(server);

        Assert.Equal(["good"], tools.Select(tool => tool.Name));
        string said = Assert.Single(world.Log.Lines, line => line.EventId == 904).Text;
        Assert.Contains("good (there are two of this name)", said, StringComparison.Ordinal);
        Assert.Contains("huge (its schema is too long)", said, StringComparison.Ordinal);
        Assert.Contains("header (its schema", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"name":"odd","inputSchema":{"type":"string"}}""")]
    [InlineData("""{"name":"odd","inputSchema":null}""")]
    [InlineData("""{"name":"odd","inputSchema":[]}""")]
    [InlineData("""{"name":"odd","inputSchema":{"$ref":"#"}}""")]
    [InlineData("""{"name":"odd","description":7,"inputSchema":{"type":"object"}}""")]
    [InlineData("""{"name":null,"inputSchema":{"type":"object"}}""")]
    [InlineData("""{"inputSchema":{"type":"object"}}""")]
    [InlineData("null")]
    [InlineData("\"odd\"")]
    [InlineData("""{"name":"odd","name":7,"inputSchema":null}""")]
    [InlineData("""{"name":"odd","inputSchema":{"type":"object","properties":{"\ud800":{"type":"string"}}}}""")]
    [InlineData("""{"name":"odd","inputSchema":{"type":"object","x":{"\ud800":{"x":"\udfff"}}}}""")]
    public async Task List_WithAToolThatCannotBeRead_LeavesItOutAlone(string odd)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(
            call => McpWorld.SayAsync(call, "hi"),
            string.Join(",", odd, """{"name":"good","inputSchema":{"type":"object"}}"""));

        IReadOnlyList<McpTool> tools = await world.ListAsync(server);

        Assert.Equal(["good"], tools.Select(tool => tool.Name));
        Assert.Single(world.Log.Lines, line => line.EventId == 904);
    }

    /// <summary>The package reads no message that is nested more than 64 deep.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task List_WithASchemaThatIsNestedTooDeep_LeavesItsToolOutAlone(bool isStreamed)
    {
        await using var world = new McpWorld();
        const int Levels = 200;
        string schema = string.Concat(Enumerable.Repeat("""{"type":"object","properties":{"a":""", Levels)) + "true"
            + string.Concat(Enumerable.Repeat("}}", Levels));
        string tools = $$"""{"tools":[{"name":"deep","inputSchema":{{schema}}},{{McpWorld.EchoTool}}]}""";
        await using var server = new RawServer(async call =>
        {
            if (call.Rpc != "tools/list")
            {
                await call.ResultAsync("""{"supportedVersions":["2026-07-28"],"capabilities":{}}""");
            }
            else if (isStreamed)
            {
                await call.EventsAsync();
                await call.WriteAsync("event: message\nid: {\"[\n");
                await call.EventAsync($$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":{{tools}}}""");
            }
            else
            {
                await call.ResultAsync(tools);
            }
        });

        Assert.Equal("echo", Assert.Single(await world.ListAsync(server)).Name);
        Assert.Contains(
            "deep (its schema is nested more than 50 deep)",
            Assert.Single(world.Log.Lines, line => line.EventId == 904).Text,
            StringComparison.Ordinal);
    }

    /// <summary>Some answer with an empty result whatever they are asked, as the protocol's own suite does.</summary>
    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    public async Task Call_OfAnOlderServerThatAnswersWhatItDoesNotKnow_GreetsIt(string nothing)
    {
        await using var world = new McpWorld();
        await using var server = new RawServer(call => call.Rpc switch
        {
            "initialize" => call.ResultAsync("""
                {"protocolVersion":"2025-03-26","capabilities":{"tools":{}},"serverInfo":{"name":"old","version":"1"}}
                """),
            "tools/call" => McpWorld.SayAsync(call, "hi"),
            "server/discover" => call.ResultAsync(nothing),
            _ => call.AcceptedAsync(),
        });

        Assert.Equal("hi", McpWorld.Text(await world.CallAsync(server)));
        Assert.Equal("2025-03-26", server.Calls.Last().Header("MCP-Protocol-Version"));
    }

    [Fact]
    public async Task List_AskedByManyAtOnce_AsksTheServerOnce()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => world.ListAsync(server).AsTask()));

        Assert.Equal(["server/discover", "tools/list"], server.Asked);
    }

    [Fact]
    public async Task List_WithAllowedTools_ShowsThoseAlone()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(
            call => McpWorld.SayAsync(call, "hi"),
            string.Join(",", new[] { "get_a", "get_b", "set_a" }
                .Select(name => $$"""{"name":"{{name}}","inputSchema":{"type":"object"} }""")));

        IReadOnlyList<McpTool> tools = await world.Servers.ListAsync(
            McpWorld.At(server) with { AllowedTools = ["get_*"], AskedTools = ["get_b", "set_a"] },
            McpWorld.Anna,
            CancellationToken.None);

        Assert.Equal(["get_b"], tools.Select(tool => tool.Name));
    }

    [Fact]
    public async Task Call_OfAToolThatWantsHeaders_SendsThem()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        var tool = new McpTool("find", JsonElement.Parse("""
            {"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}
            """));

        await world.Servers.CallAsync(
            McpWorld.At(server), tool, JsonElement.Parse("""{"region":"eu"}"""), McpWorld.Anna, null, default);

        Assert.Equal("eu", server.Calls.Last().Header("Mcp-Param-Region"));
    }

    [Fact]
    public async Task Call_WithProgress_TellsItAsSentences()
    {
        await using var world = new McpWorld();
        var heard = new TaskCompletionSource<string>();
        await using RawServer server = McpWorld.Stateless(async call =>
        {
            string token = call.Parameters!["_meta"]!["progressToken"]!.ToJsonString();
            await call.EventsAsync();
            await call.EventAsync("""{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"#","progress":1,"total":3}}"""
                .Replace("\"#\"", token, StringComparison.Ordinal));
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
            await call.EventAsync($$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":{"content":[{"type":"text","text":"done"}]} }""");
        });

        McpOutcome outcome = await world.CallAsync(server, said => heard.TrySetResult(said));

        Assert.Equal("1 of 3", await heard.Task);
        Assert.Equal("done", McpWorld.Text(outcome));
    }
}
