using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects;

/// <summary>Some servers of OpenAI's wire give one tool call where its list belongs.</summary>
public sealed class LoneToolCallTests : IDisposable
{
    private const string Whole = """
        {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant",
        "content":null,"tool_calls":{"id":"k","type":"function","function":{"name":"f","arguments":"{\"q\":1}"}}},
        "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
        """;

    private const string Chunk = """
        data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":DELTA,"finish_reason":FINISH}]}


        """;

    private readonly TestGateway _gateway = new("models: { m: [loose/x] }");

    [Fact]
    public async Task Whole_IsReadForAnotherDialect()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Whole));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);

        JsonNode block = call.Json["content"]![0]!;
        Assert.Equal(("tool_use", "f", 1), ((string?)block["type"], (string?)block["name"], (int?)block["input"]!["q"]));
        Assert.Equal("tool_use", (string?)call.Json["stop_reason"]);
    }

    [Fact]
    public async Task Stream_IsReadForAnotherDialect()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Stream));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        MessagesStreamLaws.Check(call.Text);
        Assert.Contains("\"name\":\"f\"", call.Text, StringComparison.Ordinal);
        Assert.Contains("""{\"q\":""", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"stop_reason\":\"tool_use\"", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_IsMendedForAClientOfTheSame()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Stream));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        ChatStreamLaws.Check(call.Text, includeUsage: false);
        JsonNode[] calls = [.. call.Text.Split("\n\n")
            .Where(frame => frame.Contains("tool_calls\":", StringComparison.Ordinal))
            .Select(frame => JsonNode.Parse(frame[6..])!["choices"]![0]!["delta"]!["tool_calls"]!)];
        Assert.Equal("{\"q\":1}", string.Concat(
            calls.SelectMany(list => list.AsArray()).Select(one => (string?)one!["function"]!["arguments"])));
    }

    public void Dispose() => _gateway.Dispose();

    private static string Stream { get; } =
        Piece("""{"role":"assistant","tool_calls":{"id":"k","type":"function","function":{"name":"f","arguments":"{\"q\":"}}}""")
        + Piece("""{"tool_calls":{"function":{"arguments":"1}"}}}""")
        + Piece("{}", "\"tool_calls\"")
        + Wires.ChatDone;

    private static string Piece(string delta, string finish = "null") => Chunk
        .Replace("DELTA", delta, StringComparison.Ordinal)
        .Replace("FINISH", finish, StringComparison.Ordinal);
}
