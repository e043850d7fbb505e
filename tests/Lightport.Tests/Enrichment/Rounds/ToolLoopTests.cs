using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Tests.Exchanges;
using Lightport.Usage;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>Chat clients, who see nothing of rounds: the gateway runs its tools inside one answer.</summary>
public sealed class ToolLoopTests
{
    private static readonly Said First = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    public static TheoryData<string, bool> Wires
    {
        get
        {
            var wires = new TheoryData<string, bool>();
            foreach (string model in ToolWire.All.Keys)
            {
                wires.Add(model, false);
                wires.Add(model, true);
            }

            return wires;
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task Tools_AreRunInsideOneAnswer(string model, bool streams)
    {
        using var tools = new ToolGateway();
        tools.Says(model, streams, First, new Said("", ("call_2", "read", """{"q":"b"}""")), Last);

        ClientCall call = await tools.ChatAsync(model, streams, ToolGateway.User("Is it so?"));

        Assert.Equal(200, call.Status);
        Assert.Equal("Let me look. \n\nIt is so.", (string?)ChatAnswer.Message(call, streams)["content"]);
        Assert.Equal("stop", ChatAnswer.Finish(call, streams));
        Assert.Equal(36, ChatAnswer.Tokens(call, streams));
        Assert.Equal([("search", """{"q":"a"}"""), ("read", """{"q":"b"}""")], tools.Servers.Calls);
        Assert.DoesNotContain("call_1", call.Text, StringComparison.Ordinal);
        Assert.Contains("search of", tools.Upstream.Seen[1].Body, StringComparison.Ordinal);
        Assert.Contains("read of", tools.Upstream.Seen[2].Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task NextTurn_BeginsWithWhatWasSentBefore(string model, bool streams)
    {
        using var tools = new ToolGateway();
        tools.Says(model, streams, First, Last, new Said("Yes."));
        JsonObject asked = ToolGateway.User("Is it so?");
        ClientCall call = await tools.ChatAsync(model, streams, asked);

        await tools.ChatAsync(model, streams, asked, ChatAnswer.Message(call, streams), ToolGateway.User("Sure?"));

        JsonArray before = Turns(tools.Upstream.Seen[1]);
        JsonArray after = Turns(tools.Upstream.Seen[2]);
        Assert.True(after.Count >= before.Count + 2, $"{before.ToJsonString()}\n{after.ToJsonString()}");
        for (int i = 0; i < before.Count; i++)
        {
            Assert.Equal(before[i]!.ToJsonString(), after[i]!.ToJsonString());
        }

        Assert.DoesNotContain("\\n\\n", after.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            tools.Upstream.Seen[0].Json["tools"]!.ToJsonString(), tools.Upstream.Seen[2].Json["tools"]!.ToJsonString());
        Assert.Single(tools.Servers.Calls);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public async Task ClientsTools_BesideTheGateways_AreHandedOver_AndNothingIsRunTwice(string model, bool streams)
    {
        using var tools = new ToolGateway();
        JsonArray own = JsonNode.Parse(
            """[{"type":"function","function":{"name":"ring","parameters":{"type":"object","properties":{}}}}]""")!.AsArray();
        tools.Says(
            model,
            streams,
            new Said("Both. ", ("call_1", "search", """{"q":"a"}"""), ("call_2", "ring", "{}")),
            Last);
        JsonObject asked = ToolGateway.User("Ring, and look.");
        ClientCall call = await tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, ToolGateway.Chat(model, streams, [asked], own));

        JsonObject answer = ChatAnswer.Message(call, streams);
        JsonObject ring = Assert.Single(answer["tool_calls"]!.AsArray())!.AsObject();
        Assert.Equal("ring", (string?)ring["function"]!["name"]);
        Assert.Equal("tool_calls", ChatAnswer.Finish(call, streams));
        Assert.Single(tools.Servers.Calls);

        var result = new JsonObject
        {
            ["role"] = "tool",
            ["tool_call_id"] = ring["id"]!.DeepClone(),
            ["content"] = "Rang.",
        };
        ClientCall next = await tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, ToolGateway.Chat(model, streams, [asked, answer, result], own));

        Assert.Equal("It is so.", (string?)ChatAnswer.Message(next, streams)["content"]);
        Assert.Single(tools.Servers.Calls);
        string sent = tools.Upstream.Last.Body;
        Assert.Contains("search of", sent, StringComparison.Ordinal);
        Assert.Contains("Rang.", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("lpmix_", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsCall_WhoseTurnIsLost_IsRefused_AndNothingIsRun()
    {
        using var tools = new ToolGateway();
        JsonNode answer = JsonNode.Parse(
            """{"role":"assistant","tool_calls":[{"id":"lpmix_call_2","type":"function","function":{"name":"ring","arguments":"{}"}}]}""")!;
        JsonNode result = JsonNode.Parse("""{"role":"tool","tool_call_id":"lpmix_call_2","content":"Rang."}""")!;

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Ring."), answer, result);

        Assert.Equal((409, "lost_tool_session"), (call.Status, call.Error("code")));
        Assert.Empty(tools.Servers.Calls);
        Assert.Empty(tools.Upstream.Seen);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ModelThatNeverEnds_IsAskedOnceMoreWithoutTools(bool streams)
    {
        using var tools = new ToolGateway(rounds: "{ most: 3, time: 1m }");
        tools.Says("chat", streams, First, First, Last);

        ClientCall call = await tools.ChatAsync("chat", streams, ToolGateway.User("Is it so?"));

        Assert.Equal("Let me look. \n\nLet me look. \n\nIt is so.", (string?)ChatAnswer.Message(call, streams)["content"]);
        Assert.Equal(2, tools.Servers.Calls.Count);
        Assert.Null(tools.Upstream.Seen[1].Json["tool_choice"]);
        Assert.Equal("none", (string?)tools.Upstream.Seen[2].Json["tool_choice"]);
    }

    [Fact]
    public async Task ModelThatCallsAfterTheLastRound_EndsItsAnswerThere()
    {
        using var tools = new ToolGateway(rounds: "{ most: 2, time: 1m }");
        tools.Says("chat", false, First, First);

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal("length", ChatAnswer.Finish(call, false));
        Assert.Single(tools.Servers.Calls);
    }

    [Fact]
    public async Task Calls_OfOneRound_RunAtOnce_AndTheirResultsKeepTheirOrder()
    {
        using var tools = new ToolGateway();
        var both = new TaskCompletionSource();
        int running = 0;
        tools.Servers.Answer = async (tool, _, _) =>
        {
            if (Interlocked.Increment(ref running) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return FakeMcpServers.Text($"of {tool}");
        };
        tools.Says("chat", false, new Said("", ("c1", "search", "{}"), ("c2", "read", "{}")), Last);

        await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        JsonArray sent = tools.Upstream.Last.Json["messages"]!.AsArray();
        Assert.Equal(
            [("c1", "of search"), ("c2", "of read")],
            sent.Where(turn => (string?)turn!["role"] == "tool")
                .Select(turn => ((string?)turn!["tool_call_id"], (string?)turn["content"])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_ThatGoes_EndsEveryRun(bool streams)
    {
        using var tools = new ToolGateway();
        var begun = new SemaphoreSlim(0);
        int ended = 0;
        tools.Servers.Answer = async (_, _, token) =>
        {
            begun.Release();
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                Interlocked.Increment(ref ended);
            }

            throw new InvalidOperationException("The wait is endless.");
        };
        tools.Says("chat", streams, new Said("", ("c1", "search", "{}"), ("c2", "read", "{}")));
        ClientCall call = tools.Gateway.Start(
            GatewayEndpoints.ChatCompletions, ToolGateway.Chat("chat", streams, [ToolGateway.User("Is it so?")]));
        await begun.WaitAsync();
        await begun.WaitAsync();

        call.Abort();
        await call.Done;

        Assert.Equal(2, ended);
        Assert.True(tools.Gateway.Record.Canceled);
        Assert.Single(tools.Upstream.Seen);
    }

    [Fact]
    public async Task Run_ThatTakesTooLong_IsAResult_AndTheModelAnswersWithWhatItHas()
    {
        using var tools = new ToolGateway(rounds: "{ most: 9, time: 30s }");
        var begun = new TaskCompletionSource();
        tools.Servers.Answer = async (_, _, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            throw new InvalidOperationException("The wait is endless.");
        };
        tools.Says("chat", false, First, Last);
        ClientCall call = tools.Gateway.Start(
            GatewayEndpoints.ChatCompletions, ToolGateway.Chat("chat", false, [ToolGateway.User("Is it so?")]));
        await begun.Task;

        tools.Gateway.Clock.Advance(TimeSpan.FromSeconds(31));
        await call.Done;

        Assert.Equal(200, call.Status);
        Assert.Contains("The time for tools was up", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal("none", (string?)tools.Upstream.Last.Json["tool_choice"]);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task CallThatBroke_IsMadeAnewWhereItDoesNoHarm(bool isReadOnly, int calls)
    {
        using var tools = new ToolGateway();
        tools.Servers.Tools["docs"] = [FakeMcpServers.Tool("search") with { IsReadOnly = isReadOnly }];
        int made = 0;
        tools.Servers.Answer = (_, _, _) => Task.FromResult(
            ++made == 1
                ? FakeMcpServers.Text("It broke.") with { IsError = true, Failure = "connection", MayHaveRun = true }
                : FakeMcpServers.Text("Found."));
        tools.Says("chat", false, First, Last);

        await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal(calls, made);
        Assert.Contains(isReadOnly ? "Found." : "It broke.", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("required")]
    [InlineData("auto")]
    public async Task ToolThatMustBeCalled_IsForcedInTheFirstRoundAlone(string choice)
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, First, Last);
        JsonArray own = JsonNode.Parse("""[{"type":"function","function":{"name":"ring"}}]""")!.AsArray();
        string body = ToolGateway.Chat("chat", false, [ToolGateway.User("Is it so?")], own);

        await tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, body[..^1] + $",\"tool_choice\":\"{choice}\"}}");

        Assert.Equal(choice, (string?)tools.Upstream.Seen[0].Json["tool_choice"]);
        Assert.Equal("auto", (string?)tools.Upstream.Seen[1].Json["tool_choice"]);
    }

    [Fact]
    public async Task SeveralAnswers_AreRefusedByName()
    {
        using var tools = new ToolGateway();
        string body = ToolGateway.Chat("chat", false, [ToolGateway.User("Is it so?")]);

        ClientCall call = await tools.Gateway.SendAsync(GatewayEndpoints.ChatCompletions, body[..^1] + ",\"n\":2}");

        Assert.Equal((400, "n"), (call.Status, call.Error("param")));
        Assert.Empty(tools.Upstream.Seen);
    }

    [Fact]
    public async Task ToolThatMustBeApproved_IsRefusedWhereNobodyCanBeAsked()
    {
        using var tools = new ToolGateway(server: ", approval: always");

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal((400, "mcp_approval_unsupported"), (call.Status, call.Error("code")));
        Assert.Empty(tools.Upstream.Seen);
    }

    [Fact]
    public async Task Server_ThatCannotBeAsked_IsLeftOut()
    {
        using var tools = new ToolGateway();
        tools.Servers.Tools.Clear();
        tools.Says("chat", false, Last);

        ClientCall call = await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal(200, call.Status);
        Assert.Null(tools.Upstream.Last.Json["tools"]);
        Assert.Contains(tools.Gateway.Log.Lines, line => line.EventId == 951);
        Assert.Equal("mcp.servers.docs", call.Header("x-lightport-left-out"));
        Assert.Equal([new LeftOut("mcp.servers.docs", "refused")], tools.Gateway.Record.LeftOut);
    }

    [Fact]
    public async Task ClientsTool_KeepsItsName_AndTheServersGetsItsLabel()
    {
        using var tools = new ToolGateway();
        JsonArray own = JsonNode.Parse("""[{"type":"function","function":{"name":"search"}}]""")!.AsArray();
        tools.Says("chat", false, new Said("", ("c1", "docs__search", "{}")), Last);

        await tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, ToolGateway.Chat("chat", false, [ToolGateway.User("Is it so?")], own));

        Assert.Equal(
            ["search", "read", "docs__search"],
            tools.Upstream.Seen[0].Json["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]));
        Assert.Equal("search", Assert.Single(tools.Servers.Calls).Tool);
    }

    /// <summary>A name that the model made up: the client, who has declared another, never hears of it.</summary>
    [Theory]
    [MemberData(nameof(Wires))]
    public async Task CallOfAToolThatNobodyHas_IsToldToTheModel_AndNotToTheClient(string model, bool streams)
    {
        using var tools = new ToolGateway();
        JsonArray own = JsonNode.Parse(
            """[{"type":"function","function":{"name":"ring","parameters":{"type":"object","properties":{}}}}]""")!.AsArray();
        tools.Says(model, streams, new Said("", ("call_1", "gone", "{}"), ("call_2", "search", "{}")), Last);

        ClientCall call = await tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            ToolGateway.Chat(model, streams, [ToolGateway.User("Is it so?")], own));

        Assert.Equal("It is so.", (string?)ChatAnswer.Message(call, streams)["content"]);
        Assert.Equal("stop", ChatAnswer.Finish(call, streams));
        Assert.DoesNotContain("gone", call.Text, StringComparison.Ordinal);
        Assert.Contains("There is no tool", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal("search", Assert.Single(tools.Servers.Calls).Tool);
    }

    [Fact]
    public async Task ClientsTool_ThatTakesTheNameOfOnePutInBefore_KeepsIt_AndNoNameIsDoubled()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, First, Last, new Said("Yes."));
        JsonObject asked = ToolGateway.User("Is it so?");
        ClientCall call = await tools.ChatAsync("chat", false, asked);
        JsonArray own = JsonNode.Parse("""[{"type":"function","function":{"name":"search"}}]""")!.AsArray();

        await tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            ToolGateway.Chat(
                "chat", false, [asked, ChatAnswer.Message(call, false), ToolGateway.User("Sure?")], own));

        Assert.Equal(
            ["search", "read", "docs__search"],
            tools.Upstream.Last.Json["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]));
        Assert.Contains(tools.Gateway.Log.Lines, line => line.EventId == 956);
    }

    /// <summary>Two messages that come back as one, and an answer that the client began itself.</summary>
    [Fact]
    public async Task Question_BehindTurnsThatAreCutAnew_ReachesTheModel()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, First, Last, new Said("Yes."));
        ClientCall call = await tools.ChatAsync(
            "chat", false, ToolGateway.User("Is it "), ToolGateway.User("so?"));

        await tools.ChatAsync(
            "chat", false, ToolGateway.User("Is it so?"), ChatAnswer.Message(call, false), ToolGateway.User("Sure?"));

        Assert.Equal(
            ["user", "assistant", "tool", "assistant", "user"],
            Turns(tools.Upstream.Last).Select(turn => (string?)turn!["role"]));
        Assert.Contains("Sure?", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_CountsEveryRound()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, First, Last);

        await tools.ChatAsync("chat", false, ToolGateway.User("Is it so?"));

        Assert.Equal(2, tools.Gateway.Record.Attempts);
        Assert.Empty(tools.Gateway.Record.Lost);
        Assert.Equal(24, tools.Gateway.Record.AnswerUsage!.Total);
        Assert.Contains(tools.Gateway.Log.Lines, line => line.EventId == 952);
    }

    private static JsonArray Turns(SeenRequest seen) =>
        (seen.Json["messages"] ?? seen.Json["contents"])!.DeepClone().AsArray();
}
