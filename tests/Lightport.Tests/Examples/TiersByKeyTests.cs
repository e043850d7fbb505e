using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class TiersByKeyTests : IDisposable
{
    private readonly TestGateway _gateway = ExampleGateway.Open("tiers-by-key");

    [Fact]
    public async Task Gold_IsAnsweredByTheBestThatIsUp()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall best = await _gateway.AskAsync("sample-gold");
        _gateway.Upstream.Answer(ScriptedResponse.Error(500));
        ClientCall next = await _gateway.Answers().AskAsync("sample-gold");

        Assert.Equal(("claude-sonnet-4-5", "gpt-4.1"),
            (best.Header("x-lightport-model"), next.Header("x-lightport-model")));
    }

    [Fact]
    public async Task Others_GetTheSmallModel_AndShortAnswers()
    {
        const string request = """{"model":"m","max_tokens":9000,"messages":[{"role":"user","content":"hi"}]}""";

        ClientCall call = await _gateway.Answers().AskAsync("sample-free", request: request);

        Assert.Equal("gpt-4o-mini", call.Header("x-lightport-model"));
        Assert.Equal(512, (int)(_gateway.Upstream.Last.Json["max_tokens"]
            ?? _gateway.Upstream.Last.Json["max_completion_tokens"])!);
    }

    [Fact]
    public async Task NameOfTheBetterModel_IsNothingThatAKeyMayAskFor()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For("best", Wires.Chat),
            new Dictionary<string, string> { ["Authorization"] = "Bearer sample-free" });

        Assert.Equal(403, call.Status);
    }

    public void Dispose() => _gateway.Dispose();
}
