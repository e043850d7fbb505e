using System.Text.Json.Nodes;
using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Dialects.Aws.Converse;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Dialects.Google.Interactions;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects;

/// <summary>
/// Arguments that a model once broke off come back in the history. Wires that want an object get what was said inside
/// one: an empty object would tell the model that it had called without arguments.
/// </summary>
public sealed class UnsoundArgumentsTests
{
    private const string History = """
        "messages":[{"role":"user","content":"q"},
          {"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":"}}]},
          {"role":"tool","tool_call_id":"c1","content":"r"}],
        "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]
        """;

    private const string Said = """{"input":"{\"a\":"}""";

    [Fact]
    public async Task Arguments_ToGemini_AreSaidAsTheyWere()
    {
        using var gateway = new GeminiGateway();

        (JsonObject sent, _) = await gateway.ChatAsync("g25", History);

        GeminiWire.Same(Said, sent["contents"]![1]!["parts"]![0]!["functionCall"]!["args"]);
    }

    [Fact]
    public async Task Arguments_ToInteractions_AreSaidAsTheyWere()
    {
        using var gateway = new InteractionsGateway();

        (JsonObject sent, _) = await gateway.ChatAsync("i3", History);

        JsonNode? call = sent["input"]!.AsArray().Single(step => (string?)step!["type"] == "function_call");
        GeminiWire.Same(Said, call!["arguments"]);
    }

    [Fact]
    public async Task Arguments_ToConverse_AreSaidAsTheyWere()
    {
        using TestGateway gateway = BedrockGateway.Create();
        gateway.Upstream.Answer(ScriptedResponse.Json(ConverseWire.Answer));

        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, $$"""{"model":"nova",{{History}}}""");

        GeminiWire.Same(
            Said, gateway.Upstream.Last.Json["messages"]![1]!["content"]![0]!["toolUse"]!["input"]);
    }
}
