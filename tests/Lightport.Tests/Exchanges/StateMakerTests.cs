using System.Text.Json.Nodes;
using Lightport.Conversation;

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
}
