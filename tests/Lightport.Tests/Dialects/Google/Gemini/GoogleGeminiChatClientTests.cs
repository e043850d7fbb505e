using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Gemini's streams as a chat client reads them: calls have no index there, and no stream says that it is done.</summary>
public sealed class GoogleGeminiChatClientTests : IDisposable
{
    private readonly GeminiGateway _gateway = new();

    [Fact]
    public async Task Calls_InChunksOfTheirOwn_AreCountedThroughTheAnswer()
    {
        ClientCall call = await StreamAsync(
            GeminiWire.Chunk("{\"text\":\"a\"}"),
            GeminiWire.Chunk("{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}"),
            GeminiWire.Chunk("{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":1}}}"),
            GeminiWire.Chunk("{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":2}}},{\"functionCall\":{\"name\":\"g\"}}"),
            GeminiWire.Chunk("", ",\"finishReason\":\"STOP\""));

        ChatStreamLaws.Check(call.Text, includeUsage: true, requireUsage: false);
        Assert.EndsWith("data: [DONE]\n\n", call.Text, StringComparison.Ordinal);
        JsonNode[] deltas = [.. Choices(call).Select(choice => choice["delta"]!)];
        Assert.Equal("a", string.Concat(deltas.Select(delta => (string?)delta["content"])));
        Assert.Equal(
            ["0 f {\"x\":1}", "1 f {\"x\":2}", "2 g {}"],
            deltas.SelectMany(delta => delta["tool_calls"]?.AsArray().ToArray() ?? [])
                .GroupBy(piece => (int)piece!["index"]!)
                .Select(pieces => $"{pieces.Key} {Joined(pieces, "name")} {Joined(pieces, "arguments")}"));
        Assert.Equal(["tool_calls"], Choices(call).Select(choice => (string?)choice["finish_reason"]).OfType<string>());
    }

    /// <summary>It comes as a success without any candidate, which is an end all the same.</summary>
    [Fact]
    public async Task Prompt_ThatIsBlocked_IsAContentFilterAndAWholeStream()
    {
        ClientCall call = await StreamAsync(
            """{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"responseId":"r1","usageMetadata":{"promptTokenCount":4}}""");

        Assert.Equal(200, call.Status);
        ChatStreamLaws.Check(call.Text, includeUsage: true);
        Assert.Contains(
            "\"finish_reason\":\"content_filter\",\"native_finish_reason\":\"PROHIBITED_CONTENT\"", call.Text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private static string Joined(IEnumerable<JsonNode?> pieces, string field) =>
        string.Concat(pieces.Select(piece => (string?)piece!["function"]![field]));

    private static IEnumerable<JsonNode> Choices(ClientCall call) => call.Text
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Where(frame => frame.StartsWith("data: {", StringComparison.Ordinal))
        .SelectMany(frame => JsonNode.Parse(frame["data: ".Length..])!["choices"]!.AsArray())
        .Select(choice => choice!);

    private Task<ClientCall> StreamAsync(params string[] chunks) => _gateway.AnswerAsync(
        GatewayEndpoints.ChatCompletions,
        ScriptedResponse.Events(string.Concat(chunks.Select(chunk => $"data: {chunk.ReplaceLineEndings(" ")}\r\n\r\n"))),
        stream: true);
}
