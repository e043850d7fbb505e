using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>What clients are told of runs while they last, and chat clients where they ask.</summary>
public sealed class RunsToldTests
{
    private static readonly Said First = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    private static readonly Dictionary<string, string> Asks = new() { ["x-lightport-tell"] = "runs" };

    [Fact]
    public async Task ChatClient_ThatAsks_IsToldOfRuns_InAFieldOfTheAnswer()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, First, Last);

        ClientCall call = await SendAsync(tools, streams: false, Asks);

        JsonNode run = Assert.Single(call.Json["lightport"]!["runs"]!.AsArray())!;
        Assert.Equal(
            """{"id":"call_1","round":0,"server":"docs","tool":"search","arguments":"{\"q\":\"a\"}","status":"completed","milliseconds":0}""",
            run.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Equal("Let me look. \n\nIt is so.", (string?)ChatAnswer.Message(call, false)["content"]);
    }

    /// <summary>Some providers begin to count calls anew in each round.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ChatClient_ThatAsks_IsToldEachRunByAnIdOfItsOwn(bool streams)
    {
        using var tools = new ToolGateway();
        tools.Says("chat", streams, First, First, Last);

        ClientCall call = await SendAsync(tools, streams, Asks);

        JsonNode[] runs = streams
            ? [.. Frames(call).Where(frame => frame["lightport"] is not null).Select(frame => frame["lightport"]!["runs"]![0]!)]
            : [.. call.Json["lightport"]!["runs"]!.AsArray().Select(run => run!)];
        Assert.Equal(
            [("call_1", 0), ("call_1_2", 1)],
            runs.Where(run => (string?)run["status"] == "completed").Select(run => ((string?)run["id"], (int)run["round"]!)));
        Assert.Equal(streams ? 4 : 2, runs.Length);
    }

    [Fact]
    public async Task ChatStream_ThatAsks_IsToldAsRunsComeOn()
    {
        using var tools = new ToolGateway();
        tools.Servers.Progress = ["1 of 3", "2 of 3"];
        tools.Servers.Answer = (_, _, _) =>
            Task.FromResult(FakeMcpServers.Text("It failed.") with { IsError = true });
        tools.Says("chat", true, First, Last);

        ClientCall call = await SendAsync(tools, streams: true, Asks);

        JsonNode[] runs =
        [
            .. Frames(call).Where(frame => frame["lightport"] is not null)
                .Select(frame => frame["lightport"]!["runs"]![0]!),
        ];
        Assert.Equal(
            [("running", null), ("running", "1 of 3"), ("failed", null)],
            runs.Select(run => ((string?)run["status"], (string?)run["progress"])));
        Assert.All(
            Frames(call).Where(frame => frame["lightport"] is not null),
            frame => Assert.Empty(frame["choices"]!.AsArray()));
        Assert.Equal("Let me look. \n\nIt is so.", (string?)ChatAnswer.Message(call, true)["content"]);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, null)]
    [InlineData(true, "sums, words")]
    public async Task ChatClient_ThatDoesNotAsk_IsToldNothing(bool streams, string? word)
    {
        using var tools = new ToolGateway();
        tools.Servers.Progress = ["1 of 3"];
        tools.Says("chat", streams, First, Last);

        ClientCall call = await SendAsync(
            tools, streams, word is null ? [] : new() { ["x-lightport-tell"] = word });

        Assert.DoesNotContain("lightport", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("call_1", call.Text, StringComparison.Ordinal);
    }

    /// <summary>A server that says ten thousand things at once is heard once: the client reads at its own pace.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Progress_IsTold_AndBounded(bool isMessages)
    {
        using var tools = new ToolGateway();
        tools.Servers.Progress = [.. Enumerable.Range(0, 10_000).Select(number => $"{number}")];
        tools.Says("house", true, First, Last);

        ClientCall call = await tools.Gateway.SendAsync(
            isMessages ? GatewayEndpoints.Messages : GatewayEndpoints.Responses,
            isMessages
                ? """{"model":"house","stream":true,"max_tokens":64,"messages":[{"role":"user","content":"Is it so?"}]}"""
                : """{"model":"house","stream":true,"store":false,"input":"Is it so?"}""");

        string[] types = [.. Frames(call).Select(frame => (string)frame["type"]!)];
        if (isMessages)
        {
            Assert.Single(types, "ping");
        }
        else
        {
            Assert.Equal(
                [
                    "response.mcp_call.in_progress",
                    "response.mcp_call_arguments.delta",
                    "response.mcp_call_arguments.done",
                    "response.mcp_call.in_progress",
                    "response.mcp_call.completed",
                ],
                types.Where(type => type.Contains("mcp_call", StringComparison.Ordinal)));
        }
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, bool streams, Dictionary<string, string> headers) =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            ToolGateway.Chat("chat", streams, [ToolGateway.User("Is it so?")]),
            headers);

    private static JsonNode[] Frames(ClientCall call) =>
    [
        .. call.Text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line[6..])!),
    ];
}
