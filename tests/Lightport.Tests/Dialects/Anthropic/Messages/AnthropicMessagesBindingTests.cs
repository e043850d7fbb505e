using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>
/// Thinking that goes back to a model which binds it to what stood before: what no longer fits is left out and told,
/// for clients of other dialects can neither ask for that nor see why they are refused.
/// </summary>
public sealed class AnthropicMessagesBindingTests : IDisposable
{
    private const string Beta = "thinking-binding-controls-2026-08-01";

    private const string History = """
        {"model":"m","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","reasoning_details":[
        {"type":"reasoning.text","text":"t","signature":"c2ln","format":"anthropic-claude-v1"}]},
        {"role":"user","content":"more"}]}
        """;

    private readonly TestGateway _gateway = new("""
        models: { m: [anthropic/claude-opus-5-5], old: [anthropic/claude-sonnet-4-5], "claude-*": anthropic/claude-* }
        """);

    [Fact]
    public async Task Thinking_OfAChatClient_IsLeftOutWhereItDoesNotFit()
    {
        JsonObject body = await SendAsync(History, Wires.MessagesAnswer);

        Wire.Same(
            """{"type":"adaptive","block_binding":{"prefix_mismatch_behavior":"drop_block"}}""", body["thinking"]);
        Assert.Equal(Beta, _gateway.Upstream.Last.Header("anthropic-beta"));
    }

    /// <summary>https://platform.claude.com/docs/en/build-with-claude/preserved-thinking names them.</summary>
    [Theory]
    [InlineData("claude-fable-5-1")]
    [InlineData("claude-fable-5-2")]
    [InlineData("claude-opus-5-5")]
    [InlineData("claude-sonnet-5-5")]
    [InlineData("claude-haiku-5-5")]
    public async Task Thinking_OfEveryFamilyThatBindsIt_IsCaredFor(string model)
    {
        JsonObject body = await SendAsync(Wires.For(model, History), Wires.MessagesAnswer);

        Wire.Same("""{"prefix_mismatch_behavior":"drop_block"}""", body["thinking"]!["block_binding"]);
        Assert.Equal(Beta, _gateway.Upstream.Last.Header("anthropic-beta"));
    }

    [Theory]
    [InlineData("nothing comes back", """{"model":"m","messages":[{"role":"user","content":"q"}]}""")]
    [InlineData("a model that binds nothing", null)]
    public async Task Thinking_ThatNeedsNoCare_GetsNone(string what, string? request)
    {
        JsonObject body = await SendAsync(request ?? Wires.For("old", History), Wires.MessagesAnswer);

        Assert.DoesNotContain("block_binding", body.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(_gateway.Upstream.Last.Header("anthropic-beta"));
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Thinking_ThatWasLeftOut_IsTold(bool stream)
    {
        const string dropped = """
            "input_transformations":[{"type":"thinking_dropped","path":"messages.1.content.0","reason":"prefix_binding_mismatch"}],
            """;
        _gateway.Upstream.Answer(stream
            ? ScriptedResponse.Events(Wires.MessagesEvents.Replace("\"content\":[]", dropped.Trim() + "\"content\":[]", StringComparison.Ordinal))
            : ScriptedResponse.Json(Wires.MessagesAnswer.Replace("{\"id\"", "{" + dropped + "\"id\"", StringComparison.Ordinal)));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            stream ? History.Replace("\"m\",", "\"m\",\"stream\":true,", StringComparison.Ordinal) : History);

        Assert.Equal((200, "thinking_dropped"), (call.Status, call.Header("x-lightport-answer-dropped")));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> SendAsync(string request, string answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, request);
        Assert.Equal(200, call.Status);
        return _gateway.Upstream.Last.Json;
    }
}
