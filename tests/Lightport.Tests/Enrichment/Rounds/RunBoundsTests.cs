using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>How far tools are run: as far as the route lets them, and no further than the client does.</summary>
public sealed class RunBoundsTests
{
    private static readonly Said First = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Both = new("", ("call_1", "search", "{}"), ("call_2", "read", "{}"));
    private static readonly Said Last = new("It is so.");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_ThatWantsNoCalls_GetsNone_WhateverTheModelDoes(bool streams)
    {
        using var tools = new ToolGateway();
        tools.Says("chat", streams, First);

        ClientCall call = await SendAsync(tools, streams, "\"tool_choice\":\"none\"");

        Assert.Equal(200, call.Status);
        Assert.Empty(tools.Servers.Calls);
        Assert.Equal("Let me look. ", (string?)ChatAnswer.Message(call, streams)["content"]);
        Assert.Equal("length", ChatAnswer.Finish(call, streams));
        Assert.Single(tools.Upstream.Seen);
    }

    [Fact]
    public async Task Tool_ThatIsNotAmongTheAllowed_IsNotRun()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, Both, Last);

        await SendAsync(
            tools,
            false,
            """
            "tools":[{"type":"function","function":{"name":"ring"}}],
            "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"auto","tools":[{"type":"function","function":{"name":"read"}}]}}
            """);

        Assert.Equal("read", Assert.Single(tools.Servers.Calls).Tool);
        Assert.Contains("lets other tools be called", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    /// <summary>As OpenAI has it: the field is of all calls of built-in tools, and further attempts come to nothing.
    /// </summary>
    [Theory]
    [InlineData("chat")]
    [InlineData("house")]
    public async Task MaxToolCalls_IsOfAllRunsOfAnAnswer(string model)
    {
        using var tools = new ToolGateway();
        if (model == "chat")
        {
            tools.Upstream.Answer(ScriptedResponse.Json(ResponsesWhole(Both))).Answer(
                ScriptedResponse.Json(ResponsesWhole(Last)));
        }
        else
        {
            tools.Says(model, false, Both, Last);
        }

        ClientCall call = await tools.Gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"{{model}}","input":"Is it so?","store":false,"max_tool_calls":1}""");

        Assert.Equal(200, call.Status);
        Assert.Equal("search", Assert.Single(tools.Servers.Calls).Tool);
        Assert.Equal(1, (int?)call.Json["max_tool_calls"]);
        Assert.Equal("none", (string?)tools.Upstream.Last.Json["tool_choice"]);
        Assert.Contains("lets no more tools be run", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Null(call.Header("x-lightport-dropped"));
        Assert.Null(call.Header("x-lightport-answer-dropped"));
    }

    [Theory]
    [InlineData("tokens: 20", 2, 2)]
    [InlineData("usd: 0.025", 3, 2)]
    [InlineData("usd: 0.02", 2, 1)]
    [InlineData("usd: 0.005", 1, 0)]
    [InlineData("usd: 0.000001", 1, 0)]
    public async Task RouteThatBoundsTokensOrMoney_LetsTheModelAnswerWithWhatItHas(string bound, int calls, int runs)
    {
        using var tools = new ToolGateway(rounds: $"{{ most: 9, time: 1m, {bound} }}", server: ", price: 0.01");
        tools.Says("chat", false, [.. Enumerable.Repeat(First, calls), Last]);

        ClientCall call = await SendAsync(tools, false, "\"user\":\"ada\"");

        Assert.Equal("stop", ChatAnswer.Finish(call, false));
        Assert.Equal(runs, tools.Servers.Calls.Count);
        Assert.Equal("none", (string?)tools.Upstream.Last.Json["tool_choice"]);
        Assert.Contains(
            tools.Gateway.Log.Lines,
            line => line.EventId == 953
                && line.Text.Contains($"rounds.{bound.Split(':')[0]} is met", StringComparison.Ordinal));
        Assert.Equal(runs * 0.01m, tools.Gateway.Record.Runs.Dollars);
    }

    /// <summary>Counts that cannot be are guessed, and no sum of them wraps around.</summary>
    [Fact]
    public async Task Provider_ThatCountsWithoutReason_IsNotBelieved()
    {
        using var tools = new ToolGateway();
        string huge = ToolWire.All["chat"].Whole(First)
            .Replace("\"prompt_tokens\":9", "\"prompt_tokens\":9223372036854775807", StringComparison.Ordinal)
            .Replace("\"completion_tokens\":3", "\"completion_tokens\":1e300", StringComparison.Ordinal);
        tools.Upstream.Answer(ScriptedResponse.Json(huge)).Answer(ScriptedResponse.Json(huge));
        tools.Says("chat", false, Last);

        ClientCall call = await SendAsync(tools, false, "\"user\":\"ada\"");

        Assert.Equal(2, tools.Servers.Calls.Count);
        Assert.InRange((long)call.Json["usage"]!["total_tokens"]!, 1, 100_000);
        Assert.True((bool?)call.Json["usage"]!["estimated"]);
    }

    [Fact]
    public async Task BoundOfMoney_AtAModelWithoutAPrice_SaysThatItIsThePriceThatIsMissing()
    {
        using var tools = new ToolGateway(rounds: "{ most: 9, time: 1m, usd: 5 }");
        tools.Says("house", false, First, Last);

        ClientCall call = await tools.ChatAsync("house", false, ToolGateway.User("Is it so?"));

        Assert.Equal("tool_rounds", call.Header("x-lightport-answer-dropped"));
        Assert.EndsWith(
            "rounds.usd is met: what the model costs is not known",
            Assert.Single(tools.Gateway.Log.Lines, line => line.EventId == 953).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Route_SaysHowManyToolsARequestGets()
    {
        using var tools = new ToolGateway(rounds: "{ most: 5, time: 1m }, most-tools: 1");
        tools.Says("chat", false, Last);

        await tools.ChatAsync("chat", false, ToolGateway.User("Read it to me."));

        Assert.Equal(
            ["read"],
            tools.Upstream.Last.Json["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]));
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, bool streams, string fields) =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            $"{ToolGateway.Chat("chat", streams, [ToolGateway.User("Is it so?")])[..^1]},{fields}}}");

    private static string ResponsesWhole(Said said)
    {
        var output = new JsonArray([
            .. said.Calls.Select(call => (JsonNode)new JsonObject
            {
                ["type"] = "function_call",
                ["id"] = $"fc_{call.Id}",
                ["call_id"] = call.Id,
                ["name"] = call.Tool,
                ["arguments"] = call.Arguments,
                ["status"] = "completed",
            }),
        ]);
        if (said.Text.Length > 0)
        {
            output.Add(JsonNode.Parse(
                $$"""{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":[{"type":"output_text","text":"{{said.Text}}","annotations":[]}]}"""));
        }

        return new JsonObject
        {
            ["id"] = "resp_1",
            ["object"] = "response",
            ["created_at"] = 1,
            ["status"] = "completed",
            ["model"] = "gpt-4o-mini",
            ["output"] = output,
            ["usage"] = JsonNode.Parse(
                """{"input_tokens":9,"input_tokens_details":{"cached_tokens":0},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":12}"""),
        }.ToJsonString();
    }
}
