using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Exchanges;

/// <summary>What a provider wants back comes to the client with the name of who made it.</summary>
public sealed class StateMakerTests
{
    private const string Details =
        """
        "reasoning_details":[{"type":"reasoning.encrypted","data":"enc","format":"openai-responses-v1"}]
        """;

    private static readonly OpaqueState Expected = new(StateFormats.OpenAI, "enc", Redacted: true)
    {
        Account = "loose",
        Model = "x",
    };

    private readonly TestGateway _gateway = new("models: { m: [loose/x] }");

    [Fact]
    public async Task StateOfAnotherVendor_WholeAndStreamed_NamesItsMaker()
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Json(
                Wires.ChatAnswer.Replace("\"refusal\":null", Details, StringComparison.Ordinal)))
            .Answer(ScriptedResponse.Events(
                Wires.ChatRole + Wires.ChatText.Replace("\"content\":\"Hello\"", Details, StringComparison.Ordinal)
                + Wires.ChatFinish + Wires.ChatDone));

        ClientCall whole = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);
        JsonNode block = whole.Json["content"]!.AsArray().Single(one => (string?)one!["type"] == "redacted_thinking")!;
        Assert.Equal(Expected, OpaqueState.FromSlot((string)block["data"]!, StateFormats.Anthropic));

        ClientCall streamed = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);
        Assert.Contains($"\"data\":\"{Expected.ToEnvelope()}\"", streamed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StateOfAnotherVendor_ToAChatClient_NamesItsMakerAndIsReadSo()
    {
        const string Thinking = "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"c2ln\"},";
        using var gateway = new TestGateway("models: { m: [anthropic/claude-x] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(
            Wires.MessagesAnswer.Replace("\"content\":[", Thinking, StringComparison.Ordinal)));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        JsonNode message = call.Json["choices"]![0]!["message"]!;
        Assert.Equal(
            """{"type":"reasoning.text","text":"hm","signature":"c2ln","format":"anthropic-claude-v1","index":0,"account":"anthropic","model":"claude-x"}""",
            message["reasoning_details"]![0]!.ToJsonString());
        var thought = (ReasoningPart)OpenAIChatReasoning.Decode(JsonElement.Parse(Encoding.UTF8.GetBytes(message.ToJsonString())))[0];
        Assert.Equal(
            new OpaqueState(StateFormats.Anthropic, "c2ln") { Account = "anthropic", Model = "claude-x" }, thought.State);
    }
}
