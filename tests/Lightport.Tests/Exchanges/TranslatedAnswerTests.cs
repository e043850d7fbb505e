using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>What the answer's encoder must know of the request reaches it.</summary>
public sealed class TranslatedAnswerTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { m: [loose/x], claude: [anthropic/claude-sonnet-4-5] }");

    [Fact]
    public async Task WholeAnswer_WithoutUsage_IsGuessedFromTheRequestAndTheAnswer()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"12345678"},"finish_reason":"stop"}]}"""));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);

        JsonNode usage = call.Json["usage"]!;
        Assert.Equal((Wires.Messages.Length + 3) / 4, (int)usage["input_tokens"]!);
        Assert.Equal(2, (int)usage["output_tokens"]!);
        Assert.True(_gateway.Record.Usage!.Estimated);
    }

    [Fact]
    public async Task Stream_WithoutUsage_IsGuessedFromTheRequestAndTheAnswer()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.ChatRole + Wires.ChatText + Wires.ChatFinish + Wires.ChatDone));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        string input = $"\"input_tokens\":{(Wires.MessagesStream.Length + 3) / 4},";
        Assert.Equal(2, call.Text.Split(input).Length - 1);
        Assert.True(_gateway.Record.Usage is { Estimated: true, Output: > 0 });
    }

    [Fact]
    public async Task CallOfACustomTool_ThroughAFunction_IsTheCustomToolsCall()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""
            {"id":"msg_1","type":"message","role":"assistant","model":"x","content":[
              {"type":"tool_use","id":"t1","name":"patch","input":{"input":"free text"}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}
            """));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, """
            {"model":"claude","messages":[{"role":"user","content":"hi"}],
             "tools":[{"type":"custom","custom":{"name":"patch"}}]}
            """);

        Assert.Equal(
            """[{"id":"t1","type":"custom","custom":{"name":"patch","input":"free text"}}]""",
            call.Json["choices"]![0]!["message"]!["tool_calls"]!.ToJsonString());
    }

    public void Dispose() => _gateway.Dispose();
}
