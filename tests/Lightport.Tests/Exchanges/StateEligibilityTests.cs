using Lightport.Conversation;
using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// What a model gave to be brought back goes to whoever can read it: to others only where none of those answers, and then
/// the client is told, or not at all where the route says so.
/// </summary>
public sealed class StateEligibilityTests : IDisposable
{
    private readonly TestGateway _gateway = new(
        """
        models:
          m: { targets: [groq/g, anthropic/claude-haiku-4-5], retry: { attempts: 1 } }
          strict:
            targets: [groq/g, anthropic/claude-haiku-4-5]
            retry: { attempts: 1 }
            unreadable-state: refuse
          foreign: { targets: [groq/g], unreadable-state: refuse }
          accounts: { targets: [openai/gpt-5, second/gpt-5, second/gpt-5-mini], retry: { attempts: 1 } }
        """,
        providers: "  second: { use: openai, key: OPENAI_API_KEY }\n");

    [Fact]
    public async Task Signature_GoesToItsMaker()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await SendAsync("m", "sig");

        Assert.Equal("anthropic", call.Header("x-lightport-provider"));
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task Maker_ThatFails_IsFollowedByWhoDoesWithout_AndTheClientIsTold()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync("m", "sig");

        Assert.Equal("groq", call.Header("x-lightport-provider"));
        Assert.Equal("thinking.signature", call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task Maker_ThatFails_IsTheLast_WhereTheRouteRefuses()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500));

        ClientCall call = await SendAsync("strict", "sig");

        Assert.Equal(500, call.Status);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task State_ThatNoTargetReads_IsRefused_WhereTheRouteSaysSo()
    {
        ClientCall call = await SendAsync("foreign", "sig");

        Assert.Equal(400, call.Status);
        Assert.Contains("It cannot read what 'thinking.signature' holds", call.Text, StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    /// <summary>Encrypted reasoning is its account's and its model's alone.</summary>
    [Theory]
    [InlineData("second", "gpt-5", "second", "gpt-5")]
    [InlineData("second", "gpt-5-mini", "second", "gpt-5-mini")]
    [InlineData(null, "gpt-5", "openai", "gpt-5")]
    [InlineData("gone", "gpt-5", "openai", "gpt-5")]
    public async Task Reasoning_GoesToTheAccountAndTheModelThatMadeIt(
        string? account, string model, string provider, string asked)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(400, "enough"));
        var state = new OpaqueState(StateFormats.OpenAI, "data", Redacted: true) { Account = account, Model = model };

        await SendAsync("accounts", state.ToEnvelope());

        Assert.Equal(asked, (string?)_gateway.Upstream.Last.Json["model"]);
        Assert.Equal(provider, _gateway.Upstream.Last.Pool);
    }

    [Fact]
    public async Task Conversation_WithoutState_GoesWhereItAlwaysWent()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call =
            await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("m", Wires.Messages));

        Assert.Equal("groq", call.Header("x-lightport-provider"));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(string model, string signature) => _gateway.SendAsync(
        GatewayEndpoints.Messages,
        $$"""
        {"model":"{{model}}","max_tokens":64,"messages":[{"role":"user","content":"hi"},
         {"role":"assistant","content":[
          {"type":"thinking","thinking":"hm","signature":"{{signature}}"},{"type":"text","text":"yes"}]},
         {"role":"user","content":"go on"}]}
        """);
}
