using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects;

/// <summary>Clients that send <c>functions</c> read their call from <c>function_call</c>, whoever answers.</summary>
public sealed class FunctionCallTests : IDisposable
{
    private const string Request = """
        {"model":"m","messages":[{"role":"user","content":"hi"}],"functions":[{"name":"f","parameters":{"type":"object"}}],"stream":false}
        """;

    private const string Calls = """
        {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[
        {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}},{"type":"tool_use","id":"toolu_2","name":"f","input":{}}],
        "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}
        """;

    private const string Block = """
        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}


        """;

    private readonly TestGateway _gateway = new("models: { m: [anthropic/x] }");

    [Fact]
    public async Task Whole_HasFunctionCallAndItsFinish()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Calls));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Request);
        JsonNode choice = call.Json["choices"]![0]!;
        Assert.Equal("""{"name":"f","arguments":"{\"a\":1}"}""", choice["message"]!["function_call"]!.ToJsonString(
            new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        Assert.Null(choice["message"]!["tool_calls"]);
        Assert.Equal("function_call", (string?)choice["finish_reason"]);
        Assert.Equal("tool_calls", call.Header("x-lightport-answer-dropped"));
        Assert.Contains("\"disable_parallel_tool_use\":true", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_TellsFunctionCallInPieces()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.MessagesStart + Block + Wires.MessagesEnd.Replace("end_turn", "tool_use", StringComparison.Ordinal)));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Request.Replace("false", "true", StringComparison.Ordinal));
        ChatStreamLaws.Check(call.Text, includeUsage: false);
        JsonNode[] deltas = [.. call.Text.Split("\n\n").Where(frame => frame.Contains("function_call\":{", StringComparison.Ordinal))
            .Select(frame => JsonNode.Parse(frame[6..])!["choices"]![0]!["delta"]!["function_call"]!)];
        Assert.Equal("f", (string?)deltas[0]["name"]);
        Assert.Equal("{\"a\":1}", string.Concat(deltas.Select(delta => (string?)delta["arguments"])));
        Assert.DoesNotContain("tool_calls", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"function_call\"", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ChatCompletions", "\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("ChatCompletions", "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"f\"}}", "tool_choice")]
    [InlineData("ChatCompletions", "\"tools\":[],\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData("ChatCompletions", "\"function_call\":{\"name\":\"f\"}", "function_call")]
    [InlineData("Messages", "\"max_tokens\":9,\"tool_choice\":{\"type\":\"any\"}", null)]
    public async Task ChoiceWithNothingToCall_IsRefused(string door, string fields, string? param)
    {
        using var gateway = new TestGateway("models: { m: [anthropic/x], l: [loose/x] }");
        string model = door == "Messages" ? "l" : "m";
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.All.Single(one => one.Name == door),
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}],{{fields}}}""");
        Assert.Equal((400, "invalid_request_error"), (call.Status, call.Error("type")));
        Assert.Equal(param, param is null ? null : call.Error("param"));
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task ChoiceOfNone_NeedsNoTools()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.Chat[..^1] + ",\"tool_choice\":\"none\"}");
        Assert.Equal(200, call.Status);
    }

    public void Dispose() => _gateway.Dispose();
}
