using System.Text.Json.Nodes;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>
/// Clients that bring calls back without their ids, as older SDKs of Google's do and chat's functions of old: what was
/// run beside these calls is found all the same, or is said to be lost.
/// </summary>
public sealed class NamelessCallsTests
{
    private static readonly Said Both =
        new("Both. ", ("call_1", "search", """{"q":"a"}"""), ("call_2", "ring", """{"n":1}"""));

    private static readonly Said Last = new("It is so.");

    [Theory]
    [InlineData("house", true)]
    [InlineData("house", false)]
    [InlineData("gemini", true)]
    [InlineData("gemini", false)]
    public async Task ClientsTools_BesideTheGateways_GoOn_AndNothingIsRunTwice(string model, bool keepsIds)
    {
        using var tools = new ToolGateway();
        tools.Says(model, false, new Said("First. ", ("call_0", "read", "{}")), Both, Last, new Said("Yes."));
        JsonArray turns = [User("Ring, and look.")];
        AddAnswer(turns, await SendAsync(tools, model, turns), keepsIds);

        ClientCall next = await SendAsync(tools, model, turns);
        SeenRequest answered = tools.Upstream.Last;
        AddAnswer(turns, next, keepsIds);
        turns.Add(User("Sure?"));
        await SendAsync(tools, model, turns);

        Assert.Equal(200, next.Status);
        Assert.Equal(["read", "search"], tools.Servers.Calls.Select(call => call.Tool));
        Assert.Contains("search of", answered.Body, StringComparison.Ordinal);
        Assert.Contains("Rang.", answered.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("call_1_ring", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("lpmix_", tools.Upstream.Last.Body, StringComparison.Ordinal);
        JsonArray before = Turns(answered);
        Assert.Equal(
            before.Select(turn => turn!.ToJsonString()),
            Turns(tools.Upstream.Last).Take(before.Count).Select(turn => turn!.ToJsonString()));
        Assert.Null(next.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_WhoseTurnIsLost_AreRefused_AndNothingIsRun(bool keepsIds)
    {
        using var tools = new ToolGateway();
        using var forgetful = new ToolGateway();
        tools.Says("house", false, Both);
        JsonArray turns = [User("Ring, and look.")];
        AddAnswer(turns, await SendAsync(tools, "house", turns), keepsIds);

        ClientCall next = await SendAsync(forgetful, "house", turns);

        Assert.Equal((409, "ABORTED"), (next.Status, (string?)next.Json["error"]!["status"]));
        Assert.Empty(forgetful.Servers.Calls);
        Assert.Empty(forgetful.Upstream.Seen);
    }

    [Fact]
    public async Task Calls_OfEarlierTurns_WhoseSessionIsLost_AreToldAsALoss()
    {
        using var tools = new ToolGateway();
        tools.Says("house", false, Last);
        JsonArray turns = [User("Ring.")];
        AddParts(turns, JsonNode.Parse("""[{"functionCall":{"name":"ring","args":{}}}]""")!.AsArray(), keepsIds: false);
        turns.Add(new JsonObject { ["role"] = "model", ["parts"] = new JsonArray(new JsonObject { ["text"] = "Rang." }) });
        turns.Add(User("Sure?"));

        ClientCall call = await SendAsync(tools, "house", turns);

        Assert.Equal(200, call.Status);
        Assert.Contains("session", call.Header("x-lightport-answer-dropped") ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task FunctionsOfOld_GoOn()
    {
        using var tools = new ToolGateway();
        tools.Says("house", false, Both, Last);
        JsonArray turns = [ToolGateway.User("Ring, and look.")];
        ClientCall call = await FunctionsAsync(tools, turns);
        turns.Add(call.Json["choices"]![0]!["message"]!.DeepClone());
        turns.Add(new JsonObject { ["role"] = "function", ["name"] = "ring", ["content"] = "Rang." });

        ClientCall next = await FunctionsAsync(tools, turns);

        Assert.Equal(200, next.Status);
        Assert.Contains("search of", tools.Upstream.Last.Body, StringComparison.Ordinal);
        JsonNode ring = tools.Upstream.Last.Json["messages"]!.AsArray()
            .Single(turn => (string?)turn!["content"] == "Rang.")!;
        Assert.Equal("call_2", (string?)ring["tool_call_id"]);
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, string model, JsonArray turns)
    {
        JsonObject body = JsonNode.Parse("""
            {"tools":[{"functionDeclarations":[{"name":"ring","parameters":{"type":"OBJECT","properties":{}}}]}]}
            """)!.AsObject();
        body["contents"] = turns.DeepClone();
        return tools.Gateway.GenerateAsync(body.ToJsonString(), model);
    }

    private static Task<ClientCall> FunctionsAsync(ToolGateway tools, JsonArray turns)
    {
        var body = new JsonObject
        {
            ["model"] = "house",
            ["messages"] = turns.DeepClone(),
            ["functions"] = JsonNode.Parse("""[{"name":"ring","parameters":{"type":"object","properties":{}}}]"""),
        };
        return tools.Gateway.SendAsync(GatewayEndpoints.ChatCompletions, body.ToJsonString());
    }

    private static JsonObject User(string words) =>
        new() { ["role"] = "user", ["parts"] = new JsonArray(new JsonObject { ["text"] = words }) };

    private static void AddAnswer(JsonArray turns, ClientCall call, bool keepsIds) =>
        AddParts(turns, call.Json["candidates"]![0]!["content"]!["parts"]!.DeepClone().AsArray(), keepsIds);

    /// <summary>The model's turn, and the results of the calls in it.</summary>
    private static void AddParts(JsonArray turns, JsonArray parts, bool keepsIds)
    {
        var results = new JsonArray();
        foreach (JsonObject call in parts.Select(part => part!["functionCall"]).OfType<JsonObject>())
        {
            var result = new JsonObject
            {
                ["name"] = call["name"]!.DeepClone(),
                ["response"] = new JsonObject { ["output"] = "Rang." },
            };
            if (keepsIds)
            {
                result["id"] = call["id"]!.DeepClone();
            }
            else
            {
                call.Remove("id");
            }

            results.Add(new JsonObject { ["functionResponse"] = result });
        }

        turns.Add(new JsonObject { ["role"] = "model", ["parts"] = parts });
        if (results.Count > 0)
        {
            turns.Add(new JsonObject { ["role"] = "user", ["parts"] = results });
        }
    }

    private static JsonArray Turns(SeenRequest seen) =>
        (seen.Json["messages"] ?? seen.Json["contents"])!.DeepClone().AsArray();
}
