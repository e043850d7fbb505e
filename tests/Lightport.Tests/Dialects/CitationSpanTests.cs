using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects;

/// <summary>A citation says which words of the answer it is for, whole and streamed alike.</summary>
public sealed class CitationSpanTests : IDisposable
{
    private const string Cited = """
        {"type":"web_search_result_location","url":"https://a.example","title":"A","cited_text":"x","encrypted_index":"e"}
        """;

    private readonly TestGateway _gateway = new("models: { m: [anthropic/x], l: [loose/x] }");

    [Fact]
    public async Task Whole_SpanIsTheBlocksText()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json($$$"""
            {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"So "},
            {"type":"text","text":"it is.","citations":[{{{Cited}}}]},{"type":"text","text":" Yes"}],
            "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}
            """));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal("it is.", Span(call.Json["choices"]![0]!["message"]!));
    }

    [Fact]
    public async Task Stream_SpanIsTheBlocksTextThoughItIsCitedFirst()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.MessagesStart + Block(0, Text("So ")) + Block(1, Citation() + Text("it ") + Text("is."))
            + Block(2, Text(" Yes")) + Wires.MessagesEnd.Split("\n\n", 2)[1]));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        ChatStreamLaws.Check(call.Text, includeUsage: false);
        JsonNode[] deltas = [.. call.Text.Split("\n\n").Where(frame => frame.Contains("\"delta\"", StringComparison.Ordinal))
            .Select(frame => JsonNode.Parse(frame[6..])!["choices"]![0]!["delta"]!)];
        var folded = new JsonObject
        {
            ["content"] = string.Concat(deltas.Select(delta => (string?)delta["content"])),
            ["annotations"] = Assert.Single(deltas, delta => delta["annotations"] is not null)["annotations"]!.DeepClone(),
        };
        Assert.Equal("it is.", Span(folded));
    }

    /// <summary>vLLM and SGLang say which stop string was met, or the number of a token, which is none.</summary>
    [Theory]
    [InlineData("\"stop_reason\":\"END\"", "stop_sequence", "END")]
    [InlineData("\"matched_stop\":\"END\"", "stop_sequence", "END")]
    [InlineData("\"stop_reason\":151645", "end_turn", null)]
    [InlineData("\"matched_stop\":2", "end_turn", null)]
    [InlineData("\"stop_reason\":null,\"matched_stop\":null", "end_turn", null)]
    public async Task StopString_ReachesMessagesClients(string field, string reason, string? sequence)
    {
        string finish = $"\"finish_reason\":\"stop\",{field}";
        _gateway.Upstream
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer.Replace("\"finish_reason\":\"stop\"", finish, StringComparison.Ordinal)))
            .Answer(ScriptedResponse.Events(
                Wires.ChatText + Wires.ChatFinish.Replace("\"finish_reason\":\"stop\"", finish, StringComparison.Ordinal) + Wires.ChatDone));
        ClientCall whole = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("l", Wires.Messages));
        Assert.Equal((reason, sequence), ((string?)whole.Json["stop_reason"], (string?)whole.Json["stop_sequence"]));
        ClientCall stream = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("l", Wires.MessagesStream));
        JsonObject message = MessagesStreamLaws.Check(stream.Text)!;
        Assert.Equal((reason, sequence), ((string?)message["stop_reason"], (string?)message["stop_sequence"]));
    }

    public void Dispose() => _gateway.Dispose();

    private static string Span(JsonNode message)
    {
        JsonNode citation = Assert.Single(message["annotations"]!.AsArray())!["url_citation"]!;
        Assert.Equal("https://a.example", (string?)citation["url"]);
        return ((string)message["content"]!)[(int)citation["start_index"]!..(int)citation["end_index"]!];
    }

    private static string Block(int index, string deltas) =>
        Frame("content_block_start", index, "\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
        + deltas.Replace("\"index\":0", $"\"index\":{index}", StringComparison.Ordinal)
        + Frame("content_block_stop", index, "\"x\":0");

    private static string Text(string text) =>
        Frame("content_block_delta", 0, $"\"delta\":{{\"type\":\"text_delta\",\"text\":\"{text}\"}}");

    private static string Citation() => Frame(
        "content_block_delta", 0, $"\"delta\":{{\"type\":\"citations_delta\",\"citation\":{Cited.Trim()}}}");

    private static string Frame(string type, int index, string rest) =>
        $"event: {type}\ndata: {{\"type\":\"{type}\",\"index\":{index},{rest}}}\n\n";
}
