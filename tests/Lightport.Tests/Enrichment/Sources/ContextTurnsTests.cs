using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>What a provider is told of context, turn after turn, by clients that know nothing of it.</summary>
public sealed class ContextTurnsTests
{
    private const string Document = """
        providers: { openai: {}, anthropic: {} }
        models:
          m: { targets: [openai/gpt-4o-mini], context: [style, note] }
          claude: { targets: [anthropic/claude-sonnet-4-5], context: [style, note] }
        context:
          style: { text: "Answer in British English." }
          note: { text: "It is just now.", place: turn }
        """;

    /// <summary>Each turn's words begin with all that the turn before them and its answer have said.</summary>
    [Theory]
    [InlineData("m")]
    [InlineData("claude")]
    public async Task Context_IsPutInAgain_WhereItWas(string model)
    {
        using var gateway = new TestGateway("", document: Document);
        var client = new JsonArray();
        JsonArray told = [];
        for (int turn = 0; turn < 4; turn++)
        {
            client.Add(Said("user", $"Question {turn}"));
            gateway.Upstream.Answer(ScriptedResponse.Json(model == "m" ? Wires.ChatAnswer : Wires.MessagesAnswer));
            var request = new JsonObject { ["model"] = model, ["messages"] = client.DeepClone() };

            ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, request.ToJsonString());

            Assert.Equal(200, call.Status);
            var body = (JsonObject)JsonNode.Parse(gateway.Upstream.Last.Body)!;
            JsonArray messages = body["messages"]!.AsArray();
            Assert.Equal(told.Select(Line), messages.Take(told.Count).Select(Line));
            Assert.Equal(turn + 1, Count(messages, "just now"));
            Assert.Equal(1, Count(body, "British English"));
            told = messages;
            string answer = (string)call.Json["choices"]![0]!["message"]!["content"]!;
            client.Add(Said("assistant", answer));
        }
    }

    [Fact]
    public async Task Results_OfTheClientsTools_GetNothingPutBeforeThem()
    {
        using var gateway = new TestGateway("", document: Document);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, """
            {"model":"m","messages":[{"role":"user","content":"hi"},
              {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"c1","content":"21"}]}
            """);

        Assert.Equal(0, Count(JsonNode.Parse(gateway.Upstream.Last.Body)!, "just now"));
    }

    private static JsonObject Said(string role, string text) => new() { ["role"] = role, ["content"] = text };

    private static string Line(JsonNode? message) => message!.ToJsonString();

    private static int Count(JsonNode json, string text) =>
        json.ToJsonString().Split(text).Length - 1;
}
