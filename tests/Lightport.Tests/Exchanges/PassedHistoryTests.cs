namespace Lightport.Tests.Exchanges;

/// <summary>
/// A conversation goes on with another provider, and what the earlier one's thinking left in it is nothing to this one.
/// </summary>
public sealed class PassedHistoryTests : IDisposable
{
    private const string Marked = "lp1.none.s.";

    private readonly TestGateway _gateway = new("""
          thinks: { use: openai-compatible, base-url: "https://thinks.example", auth: none, traits: { reasoning-field: reasoning_content } }
          details: { use: openai-compatible, base-url: "https://details.example", auth: none, traits: { reasoning-field: reasoning_details } }
        models:
          claude: anthropic/claude-sonnet-4-5
          plain: loose/x
          exact: openai/gpt-4o
          thinks: thinks/x
          details: details/x
        """);

    [Theory]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"lp1.none.s."},{"type":"text","text":"x"}]}]""",
        """[{"role":"assistant","content":[{"type":"text","text":"x"}]}]""")]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"text","text":"x"} , {"type":"redacted_thinking","data":"lp2.google-gemini-v1.r.dg.bQ.AA"}, {"signature":"lp1.x","type":"thinking"}, {"type":"text","text":"y"}]}]""",
        """[{"role":"assistant","content":[{"type":"text","text":"x"}, {"type":"text","text":"y"}]}]""")]
    [InlineData(
        """[{"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"lp1.x"}]}, {"role":"user","content":"z"}]""",
        """[{"role":"user","content":"z"}]""")]
    [InlineData(
        """[{"role":"user","content":"the word \"lp1.\" and {\"signature\":\"lp1.x\"}"}, {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"Eo0B"}]}]""",
        """[{"role":"user","content":"the word \"lp1.\" and {\"signature\":\"lp1.x\"}"}, {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"Eo0B"}]}]""")]
    [InlineData(
        """[1,null,{"role":"assistant","content":[false,{"type":"thinking","signature":"lp1.x"}]}]""",
        """[1,null,{"role":"assistant","content":[false]}]""")]
    public async Task Messages_WithTheGatewaysOwnMark_GoWithoutIt(string messages, string expected)
    {
        await SendAsync(GatewayEndpoints.Messages, $$"""{"model":"claude","max_tokens":9,"messages":{{messages}},"x":1}""");

        Assert.Equal(
            $$"""{"model":"claude-sonnet-4-5","max_tokens":9,"messages":{{expected}},"x":1}""", _gateway.Upstream.Last.Body);
    }

    [Theory]
    [InlineData("enabled", false)]
    [InlineData("adaptive", true)]
    public async Task Budget_InAToolLoopThatLostItsThinking_IsLeftOutAndTold(string type, bool kept)
    {
        ClientCall call = await SendAsync(GatewayEndpoints.Messages, $$$"""
            {"model":"claude","max_tokens":9000,"thinking":{"type":"{{{type}}}","budget_tokens":2000},"messages":[
              {"role":"user","content":"x"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"{{{Marked}}}"},
                {"type":"tool_use","id":"a","name":"f","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"y"}]}]}
            """);

        Assert.Equal(kept, _gateway.Upstream.Last.Json.ContainsKey("thinking"));
        Assert.Equal(kept ? null : "thinking", call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("plain", """{"role":"assistant","content":"x"}""")]
    [InlineData("exact", """{"role":"assistant","content":"x"}""")]
    [InlineData("thinks", """{"reasoning_content":"r","role":"assistant","content":"x"}""")]
    [InlineData("details", """{"reasoning_content":"r","role":"assistant","reasoning_details":[{"type":"reasoning.text"}],"content":"x"}""")]
    public async Task Chat_WithThinkingInIt_GoesWithWhatTheProviderKnows(string model, string expected)
    {
        await SendAsync(GatewayEndpoints.ChatCompletions, $$"""
            {"model":"{{model}}","messages":[{"role":"user","content":"\"reasoning_content\":1"},{"reasoning_content":"r","role":"assistant","reasoning_details":[{"type":"reasoning.text"}],"content":"x"}]}
            """);

        Assert.Contains(
            $$"""[{"role":"user","content":"\"reasoning_content\":1"},{{expected}}]""",
            _gateway.Upstream.Last.Body,
            StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<ClientCall> SendAsync(GatewayEndpoint endpoint, string body)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            endpoint == GatewayEndpoints.Messages ? Wires.MessagesAnswer : Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(endpoint, body);
        Assert.True(call.Status == 200, call.Text);
        return call;
    }
}
