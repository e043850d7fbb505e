using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Mcp;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>
/// Real servers that fail in the middle of an answer: the model is told what happened and goes on, its client gets an
/// answer, nothing is run twice and nothing left running.
/// </summary>
public sealed class RunFaultTests
{
    private const string Tools = """
        {"name":"search","inputSchema":{"type":"object","properties":{"q":{"type":"string"}},"required":["q"]}}
        """;

    private static readonly Said First = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(31);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, Func<RawCall, Action<TimeSpan>, Task>> Faults = new()
    {
        ["timeout"] = (call, wait) =>
        {
            wait(TooLong);
            return call.HungUpAsync();
        },
        ["timeout of an endless answer"] = async (call, wait) =>
        {
            await call.EventsAsync();
            await call.EventAsync("""{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}""");
            wait(TooLong);
            await call.HungUpAsync();
        },
        ["broken"] = async (call, _) =>
        {
            await call.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            throw new IOException("It hangs up.");
        },
        ["no_answer"] = (call, _) => call.JsonAsync("<html>"),
        ["unreadable"] = (call, _) => call.ResultAsync("""{"content":7}"""),
        ["too_large"] = (call, _) => McpWorld.SayAsync(call, new string('x', 10 * 1024 * 1024)),
        ["input_required"] = (call, _) => call.ResultAsync("""
            {"resultType":"input_required","requestState":"s","inputRequests":{"name":{"method":"elicitation/create",
             "params":{"message":"Who are you?","requestedSchema":{"type":"object","properties":{}}}}}}
            """),
        ["rpc_error"] = (call, _) => call.ErrorAsync(-32602, "there is no such tool any more"),
        ["tool_error"] = (call, _) => call.ResultAsync("""{"isError":true,"content":[{"type":"text","text":"It rains."}]}"""),
    };

    public static TheoryData<string> Cases => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Run_ThatFails_IsToldToTheModel_WhichGoesOn(string fault)
    {
        ToolGateway? tools = null;
        await using RawServer server = McpWorld.Stateless(
            call => Faults[fault](call, time => tools!.Gateway.Clock.Advance(time)), Tools);
        using (tools = new ToolGateway(address: server.Address))
        {
            tools.Says("chat", false, First, Last);

            ClientCall call = tools.Gateway.Start(
                GatewayEndpoints.ChatCompletions, ToolGateway.Chat("chat", false, [ToolGateway.User("Is it so?")]));
            await call.Done.WaitAsync(Patience);

            Assert.Equal(200, call.Status);
            Assert.EndsWith("It is so.", (string?)ChatAnswer.Message(call, false)["content"], StringComparison.Ordinal);
            Assert.Single(server.Asked, asked => asked == "tools/call");
            Assert.Single(
                tools.Gateway.Log.Lines,
                line => line.EventId == 952
                    && line.Text.Contains($": {fault.Split(' ')[0]} ms=", StringComparison.Ordinal));
            Assert.Equal(
                "call_1",
                (string?)tools.Upstream.Last.Json["messages"]!.AsArray()
                    .Single(turn => (string?)turn!["role"] == "tool")!["tool_call_id"]);
        }
    }

    [Theory]
    [InlineData("""{"q":7}""")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    public async Task Arguments_ThatDoNotFit_AreTheModelsToMend_AndReachNobody(string arguments)
    {
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "found"), Tools);
        using var tools = new ToolGateway(address: server.Address);
        tools.Says("chat", false, new Said("", ("call_1", "search", arguments)), First, Last);

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal(200, call.Status);
        Assert.Single(server.Asked, asked => asked == "tools/call");
        Assert.Contains("was not", tools.Upstream.Seen[1].Body, StringComparison.Ordinal);
        Assert.Contains("found", tools.Upstream.Seen[2].Body, StringComparison.Ordinal);
    }

    /// <summary>What a conversation was offered stays, so that its beginning does: a call of what is gone is an error.
    /// </summary>
    [Fact]
    public async Task Tools_ThatChangeInMidLoop_StayAsTheyWereOffered()
    {
        string listed = Tools;
        int asked = 0;
        await using var server = new RawServer(call => call.Rpc switch
        {
            "server/discover" => call.ResultAsync("""
                {"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true}},"ttlMs":0,"cacheScope":"public"}
                """),
            "tools/list" => call.ResultAsync(
                $$"""{"resultType":"complete","tools":[{{listed}}],"ttlMs":0,"cacheScope":"public"}"""),
            "tools/call" when ++asked == 1 => Change(call),
            _ => call.ErrorAsync(-32602, "there is no such tool any more"),
        });
        using var tools = new ToolGateway(address: server.Address);
        tools.Says("chat", false, First, First, Last);

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal(200, call.Status);
        Assert.Contains("no such tool any more", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.All(
            tools.Upstream.Seen,
            seen => Assert.Equal(
                tools.Upstream.Seen[0].Json["tools"]!.ToJsonString(), seen.Json["tools"]!.ToJsonString()));

        Task Change(RawCall first)
        {
            listed = """{"name":"other","inputSchema":{"type":"object"}}""";
            return McpWorld.SayAsync(first, "found");
        }
    }

    [Fact]
    public async Task Image_ForAModelThatIsBlind_IsALineInItsPlace()
    {
        await using RawServer server = McpWorld.Stateless(
            call => call.ResultAsync("""{"content":[{"type":"image","data":"iVBORw0KGgo=","mimeType":"image/png"}]}"""), Tools);
        using var tools = new ToolGateway(address: server.Address);
        tools.Says("blind", false, First, Last);

        ClientCall call = await tools.ChatAsync("blind", false, ToolGateway.User("Is it so?"));

        Assert.Equal(200, call.Status);
        JsonNode result = tools.Upstream.Last.Json["messages"]!.AsArray().Single(turn => (string?)turn!["role"] == "tool")!;
        Assert.Equal("[The tool gave an image, which this model cannot see.]", (string?)result["content"]);
        Assert.DoesNotContain("iVBOR", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }
}
