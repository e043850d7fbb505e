using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>Clients of Interactions see runs, bring them back, and name servers themselves.</summary>
public sealed class InteractionsRunsTests
{
    private static readonly Said First = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Second = new("", ("call_2", "read", """{"q":"b"}"""), ("call_3", "search", "{}"));
    private static readonly Said Last = new("It is so.");

    /// <summary>Google itself is asked by Interactions, as its client asks.</summary>
    public static TheoryData<string> Models => [.. ToolWire.All.Keys.Where(model => model != "gemini")];

    [Theory]
    [MemberData(nameof(Models))]
    public async Task NextTurn_BeginsWithWhatWasSentBefore(string model)
    {
        using var tools = new ToolGateway();
        tools.Says(model, false, First, Second, Last, new Said("Yes."));
        JsonArray steps = [User("Is it so?")];
        ClientCall call = await SendAsync(tools, model, steps);

        Assert.Equal(200, call.Status);
        Assert.Equal(
            ["model_output", "mcp_server_tool_call", "mcp_server_tool_result", "mcp_server_tool_call",
             "mcp_server_tool_call", "mcp_server_tool_result", "mcp_server_tool_result", "model_output"],
            Types(call));
        Add(steps, call);
        steps.Add(User("Sure?"));
        await SendAsync(tools, model, steps);

        JsonArray before = Turns(tools.Upstream.Seen[2]);
        JsonArray after = Turns(tools.Upstream.Seen[3]);
        Assert.Equal(
            before.Select(turn => turn!.ToJsonString()),
            after.Take(before.Count).Select(turn => turn!.ToJsonString()));
        Assert.Equal(before.Count + 2, after.Count);
        Assert.Equal(3, tools.Servers.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public async Task Stream_TellsTheCall_HowItComesOn_AndItsResult(string model)
    {
        using var tools = new ToolGateway();
        tools.Servers.Progress = ["1 of 3"];
        tools.Says(model, true, First, Last);

        ClientCall call = await SendAsync(tools, model, [User("Is it so?")], more: ""","stream":true""");

        string[] told =
        [
            .. call.Text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line[6..])!)
                .Select(data => $"{data["event_type"]} {data["step"]?["type"] ?? data["delta"]?["type"] ?? data["status"]}"),
        ];
        Assert.Equal(
            [
                "step.start mcp_server_tool_call", "step.delta mcp_server_tool_call",
                "interaction.status_update in_progress",
                "step.start mcp_server_tool_result",
            ],
            told.Where(line => line.Contains("mcp", StringComparison.Ordinal)
                || line.Contains("status", StringComparison.Ordinal)));
        Assert.EndsWith("event: done\ndata: [DONE]\n\n", call.Text, StringComparison.Ordinal);
    }

    /// <summary>Google's own thoughts go back to it as they were, before the calls that they led to.</summary>
    [Fact]
    public async Task Google_IsToldItsStepsAgain_WithItsSignatures()
    {
        using var tools = new ToolGateway();
        tools.Upstream.Answer(ScriptedResponse.Json(Interaction("""
            {"type":"thought","signature":"c2ln"},{"type":"model_output","content":[{"type":"text","text":"Let me look. "}]},
            {"type":"function_call","id":"call_1","name":"search","arguments":{"q": 1.50}}
            """)));
        tools.Upstream.Answer(ScriptedResponse.Json(Interaction("""
            {"type":"thought","signature":"c2lo"},{"type":"function_call","id":"call_2","name":"read","arguments":{"q":"é"}}
            """)));
        const string Done = """{"type":"model_output","content":[{"type":"text","text":"It is so."}]}""";
        tools.Upstream.Answer(ScriptedResponse.Json(Interaction(Done)));
        tools.Upstream.Answer(ScriptedResponse.Json(Interaction(Done)));
        JsonArray steps = [User("Is it so?")];
        ClientCall call = await SendAsync(tools, "gemini", steps);

        Assert.Equal(
            ["thought", "model_output", "mcp_server_tool_call", "mcp_server_tool_result", "thought",
             "mcp_server_tool_call", "mcp_server_tool_result", "model_output"],
            call.Json["steps"]!.AsArray().Select(step => (string?)step!["type"]));
        Add(steps, call);
        steps.Add(User("Sure?"));
        await SendAsync(tools, "gemini", steps);

        JsonArray before = Turns(tools.Upstream.Seen[2]);
        Assert.Equal(
            before.Select(turn => turn!.ToJsonString()),
            Turns(tools.Upstream.Seen[3]).Take(before.Count).Select(turn => turn!.ToJsonString()));
        Assert.Contains("c2ln", tools.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerThatTheClientNames_IsCalledByTheGateway_UnderTheClientsName()
    {
        using var tools = new ToolGateway();
        tools.Says("house", false, new Said("", ("call_1", "search", "{}")), Last);

        ClientCall call = await SendAsync(tools, "plain", [User("Is it so?")], more: """
            ,"tools":[{"type":"mcp_server","name":"mine","url":"https://docs.example/mcp",
              "allowed_tools":[{"mode":"auto","tools":["search"]}]}]
            """);

        Assert.Equal(200, call.Status);
        Assert.Equal("mine", (string?)call.Json["steps"]![0]!["server_name"]);
        Assert.Equal(
            ["search"],
            tools.Upstream.Seen[0].Json["tools"]!.AsArray().Select(tool => (string?)tool!["function"]!["name"]));
        Assert.Single(tools.Servers.Calls);
    }

    [Fact]
    public async Task ServerOfWhichOneMustBeCalled_Is400ThatNamesTheField()
    {
        using var tools = new ToolGateway();

        ClientCall call = await SendAsync(tools, "plain", [User("Is it so?")], more: """
            ,"tools":[{"type":"mcp_server","name":"docs","allowed_tools":[{"mode":"any","tools":["search"]}]}]
            """);

        Assert.Equal(400, call.Status);
        Assert.Contains("tools[0].allowed_tools.mode", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClientsTools_BesideTheGateways_AreHandedOver_AndNothingIsRunTwice()
    {
        const string Own = ""","tools":[{"type":"function","name":"ring","parameters":{"type":"object","properties":{}}}]""";
        using var tools = new ToolGateway();
        tools.Says("house", false, new Said("Both. ", ("call_1", "search", "{}"), ("call_2", "ring", "{}")), Last);
        JsonArray steps = [User("Ring, and look.")];
        ClientCall call = await SendAsync(tools, "house", steps, Own);

        Assert.Equal("requires_action", (string?)call.Json["status"]);
        Add(steps, call);
        steps.Add(new JsonObject
        {
            ["type"] = "function_result",
            ["name"] = "ring",
            ["call_id"] = (string?)call.Json["steps"]!.AsArray()
                .Single(step => (string?)step!["type"] == "function_call")!["id"],
            ["result"] = "Rang.",
        });
        ClientCall next = await SendAsync(tools, "house", steps, Own);

        Assert.Contains("It is so.", next.Text, StringComparison.Ordinal);
        Assert.Single(tools.Servers.Calls);
        Assert.Equal(
            ["user", "assistant", "tool", "tool"],
            Turns(tools.Upstream.Last).Select(turn => (string?)turn!["role"]));
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, string model, JsonArray steps, string more = "") =>
        tools.Gateway.SendAsync(
            GatewayEndpoints.Interactions,
            $$"""{"model":"{{model}}","store":false,"input":{{steps.ToJsonString()}}{{more}}}""");

    private static string Interaction(string steps) =>
        $$"""{"id":"i","object":"interaction","model":"g","status":"completed","steps":[{{steps}}],"usage":{} }""";

    private static JsonObject User(string text) => new()
    {
        ["type"] = "user_input",
        ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }),
    };

    private static IEnumerable<string?> Types(ClientCall call) => call.Json["steps"]!.AsArray()
        .Select(step => (string?)step!["type"])
        .Where(type => type != "thought");

    private static void Add(JsonArray steps, ClientCall call)
    {
        foreach (JsonNode? step in call.Json["steps"]!.AsArray())
        {
            steps.Add(step!.DeepClone());
        }
    }

    private static JsonArray Turns(SeenRequest seen) =>
        (seen.Json["messages"] ?? seen.Json["contents"] ?? seen.Json["input"])!.DeepClone().AsArray();
}
