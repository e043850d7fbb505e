using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>Clients that see runs bring them back, and need no store: Responses and Messages.</summary>
public sealed class ShownRunsTests
{
    private static readonly Said First = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Second = new("", ("call_2", "read", """{"q":"b"}"""), ("call_3", "search", "{}"));
    private static readonly Said Last = new("It is so.");

    public static TheoryData<bool, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<bool, string>();
            foreach (string model in ToolWire.All.Keys)
            {
                pairs.Add(true, model);
                if (model != "chat")
                {
                    // OpenAI hears Responses, too, and is asked by them.
                    pairs.Add(false, model);
                }
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task NextTurn_BeginsWithWhatWasSentBefore(bool isMessages, string model)
    {
        using var tools = new ToolGateway();
        tools.Says(model, false, First, Second, Last, new Said("Yes."));
        JsonArray turns = [ToolGateway.User("Is it so?")];
        ClientCall call = await SendAsync(tools, isMessages, model, turns);

        Assert.Equal(200, call.Status);
        Assert.Contains(isMessages ? "mcp_tool_use" : "mcp_call", call.Text, StringComparison.Ordinal);
        AddAnswer(turns, call, isMessages);
        turns.Add(ToolGateway.User("Sure?"));
        await SendAsync(tools, isMessages, model, turns);

        JsonArray before = Turns(tools.Upstream.Seen[2]);
        JsonArray after = Turns(tools.Upstream.Seen[3]);
        for (int i = 0; i < before.Count; i++)
        {
            Assert.Equal(before[i]!.ToJsonString(), after[i]!.ToJsonString());
        }

        Assert.Equal(before.Count + 2, after.Count);
        Assert.Equal(3, tools.Servers.Calls.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Words_BehindACall_StayInItsRound(bool isMessages)
    {
        using var tools = new ToolGateway();
        string round = ToolWire.All["gemini"].Whole(new Said("", ("call_1", "search", "{}")));
        JsonNode answer = JsonNode.Parse(round)!;
        answer["candidates"]![0]!["content"]!["parts"]!.AsArray().Add(new JsonObject { ["text"] = "So I look. " });
        tools.Upstream.Answer(ScriptedResponse.Json(answer.ToJsonString()));
        tools.Says("gemini", false, Last, new Said("Yes."));
        JsonArray turns = [ToolGateway.User("Is it so?")];
        AddAnswer(turns, await SendAsync(tools, isMessages, "gemini", turns), isMessages);
        turns.Add(ToolGateway.User("Sure?"));
        await SendAsync(tools, isMessages, "gemini", turns);

        JsonArray before = Turns(tools.Upstream.Seen[1]);
        Assert.Contains("So I look.", before[1]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            before.Select(turn => turn!.ToJsonString()),
            Turns(tools.Upstream.Seen[2]).Take(before.Count).Select(turn => turn!.ToJsonString()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task ClientsTools_BesideTheGateways_AreHandedOver_AndNothingIsRunTwice(bool isMessages, string model)
    {
        using var tools = new ToolGateway();
        JsonArray own = JsonNode.Parse(isMessages
            ? """[{"name":"ring","input_schema":{"type":"object","properties":{}}}]"""
            : """[{"type":"function","name":"ring","parameters":{"type":"object","properties":{}}}]""")!.AsArray();
        tools.Says(
            model, false, new Said("Both. ", ("call_1", "search", "{}"), ("call_2", "ring", "{}")), Last);
        JsonArray turns = [ToolGateway.User("Ring, and look.")];
        ClientCall call = await SendAsync(tools, isMessages, model, turns, own);

        AddAnswer(turns, call, isMessages);
        turns.Add(isMessages
            ? new JsonObject
            {
                ["role"] = "user",
                ["content"] = new JsonArray(new JsonObject
                {
                    ["type"] = "tool_result",
                    ["tool_use_id"] = (string?)call.Json["content"]!.AsArray()
                        .Single(block => (string?)block!["type"] == "tool_use")!["id"],
                    ["content"] = "Rang.",
                }),
            }
            : new JsonObject
            {
                ["type"] = "function_call_output",
                ["call_id"] = (string?)call.Json["output"]!.AsArray()
                    .Single(item => (string?)item!["type"] == "function_call")!["call_id"],
                ["output"] = "Rang.",
            });
        ClientCall next = await SendAsync(tools, isMessages, model, turns, own);

        Assert.Contains("It is so.", next.Text, StringComparison.Ordinal);
        Assert.Single(tools.Servers.Calls);
        Assert.Contains("search of", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Contains("Rang.", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    /// <summary>
    /// A client's call between two of the gateway's: chat ends all calls with the answer, and they are told in the
    /// model's order all the same, so that the next turn says what the model said.
    /// </summary>
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Calls_OfBoth_KeepTheModelsOrder_AndStayOneTurn(bool isMessages, bool endsWithTheClients)
    {
        using var tools = new ToolGateway();
        JsonArray own = JsonNode.Parse(isMessages
            ? """[{"name":"ring","input_schema":{"type":"object","properties":{}}}]"""
            : """[{"type":"function","name":"ring","parameters":{"type":"object","properties":{}}}]""")!.AsArray();
        (string, string, string)[] calls = [("c1", "search", "{}"), ("c2", "ring", "{}"), ("c3", "read", "{}")];
        calls = endsWithTheClients ? calls[..2] : calls;
        tools.Says("house", true, new Said("Both. ", calls));
        JsonArray turns = [ToolGateway.User("Ring, and look.")];
        ClientCall call = await SendAsync(tools, isMessages, "house", turns, own, streams: true);

        JsonNode[] told = Told(call, isMessages);
        Assert.Equal(
            endsWithTheClients ? ["search", "ring"] : ["search", "ring", "read"],
            told.Select(item => (string?)item["name"]).OfType<string>());
        var content = new JsonArray([.. told.Select(item => item.DeepClone())]);
        JsonNode ring = told.Single(item => (string?)item["name"] == "ring");
        if (isMessages)
        {
            turns.Add(new JsonObject { ["role"] = "assistant", ["content"] = content });
            var result = new JsonObject
            {
                ["type"] = "tool_result",
                ["tool_use_id"] = ring["id"]!.DeepClone(),
                ["content"] = "Rang.",
            };
            turns.Add(new JsonObject { ["role"] = "user", ["content"] = new JsonArray(result) });
        }
        else
        {
            foreach (JsonNode item in told)
            {
                turns.Add(item.DeepClone());
            }

            turns.Add(new JsonObject
            {
                ["type"] = "function_call_output",
                ["call_id"] = ring["call_id"]!.DeepClone(),
                ["output"] = "Rang.",
            });
        }

        tools.Says("house", false, Last);
        await SendAsync(tools, isMessages, "house", turns, own);

        JsonArray sent = Turns(tools.Upstream.Last);
        JsonNode assistant = Assert.Single(sent, turn => (string?)turn!["role"] == "assistant")!;
        Assert.Equal(
            calls.Select(made => made.Item1),
            assistant["tool_calls"]!.AsArray().Select(made => (string)made!["id"]!));
        Assert.DoesNotContain("lptie_", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    /// <summary>The items or blocks of a streamed answer.</summary>
    private static JsonNode[] Told(ClientCall call, bool isMessages)
    {
        JsonNode[] events =
        [
            .. call.Text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line[6..])!),
        ];
        if (!isMessages)
        {
            return
            [
                .. events.Single(told => (string?)told["type"] == "response.completed")["response"]!["output"]!
                    .AsArray().OfType<JsonNode>(),
            ];
        }

        JsonNode[] blocks =
        [
            .. events.Where(told => (string?)told["type"] == "content_block_start")
                .Select(told => told["content_block"]!.DeepClone()),
        ];
        foreach (JsonNode block in blocks.Where(block => (string?)block["type"] == "text"))
        {
            block["text"] = "Both. ";
        }

        return blocks;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Question_IsAsked_AndTheAnswerToItContinues(bool approves)
    {
        using var tools = new ToolGateway(server: ", approval: always");
        tools.Says("house", false, First, Last);
        JsonArray turns = [ToolGateway.User("Is it so?")];
        ClientCall call = await SendAsync(tools, false, "house", turns);

        JsonNode question = call.Json["output"]!.AsArray()
            .Single(item => (string?)item!["type"] == "mcp_approval_request")!;
        Assert.Empty(tools.Servers.Calls);
        AddAnswer(turns, call, isMessages: false);
        turns.Add(new JsonObject
        {
            ["type"] = "mcp_approval_response",
            ["approval_request_id"] = question["id"]!.DeepClone(),
            ["approve"] = approves,
        });
        ClientCall next = await SendAsync(tools, false, "house", turns);

        Assert.Equal(200, next.Status);
        Assert.Equal(approves ? 1 : 0, tools.Servers.Calls.Count);
        Assert.Contains(
            approves ? "search of" : "did not approve", tools.Upstream.Last.Body, StringComparison.Ordinal);
        if (approves)
        {
            AddAnswer(turns, next, isMessages: false);
            turns.Add(ToolGateway.User("Sure?"));
            tools.Says("house", false, Last);
            JsonArray before = Turns(tools.Upstream.Last);
            await SendAsync(tools, false, "house", turns);
            JsonArray after = Turns(tools.Upstream.Last);
            Assert.Equal(
                before.Select(turn => turn!.ToJsonString()),
                after.Take(before.Count).Select(turn => turn!.ToJsonString()));
            Assert.Single(tools.Servers.Calls);
        }
    }

    private static Task<ClientCall> SendAsync(
        ToolGateway tools, bool isMessages, string model, JsonArray turns, JsonArray? own = null, bool streams = false)
    {
        var body = new JsonObject { ["model"] = model, ["stream"] = streams };
        if (isMessages)
        {
            body["max_tokens"] = 64;
            body["messages"] = turns.DeepClone();
        }
        else
        {
            body["input"] = turns.DeepClone();
            body["store"] = false;
        }

        if (own is not null)
        {
            body["tools"] = own.DeepClone();
        }

        return tools.Gateway.SendAsync(
            isMessages ? GatewayEndpoints.Messages : GatewayEndpoints.Responses, body.ToJsonString());
    }

    private static void AddAnswer(JsonArray turns, ClientCall call, bool isMessages)
    {
        if (isMessages)
        {
            turns.Add(new JsonObject { ["role"] = "assistant", ["content"] = call.Json["content"]!.DeepClone() });
            return;
        }

        foreach (JsonNode? item in call.Json["output"]!.AsArray())
        {
            turns.Add(item!.DeepClone());
        }
    }

    private static JsonArray Turns(SeenRequest seen) =>
        (seen.Json["messages"] ?? seen.Json["contents"])!.DeepClone().AsArray();
}
