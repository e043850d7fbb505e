using System.Text.Json.Nodes;
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

    [Theory]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"hi"}],"max_tokens":9000}""")]
    [InlineData("/v1/chat/completions", """{"messages":[{"role":"user","content":"hi"}],"max_completion_tokens":9000}""")]
    [InlineData(
        "/v1/chat/completions",
        """{"messages":[{"role":"user","content":"hi"}],"max_tokens":9000,"max_completion_tokens":9000}""")]
    [InlineData("/v1/messages", """{"messages":[{"role":"user","content":"hi"}],"max_tokens":9000}""")]
    [InlineData("/v1/responses", """{"input":"hi","max_output_tokens":9000}""")]
    [InlineData(
        "/v1beta/{model}:generateContent",
        """{"contents":[{"parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":9000}}""")]
    [InlineData(
        "/v1beta/{model}:generateContent",
        """{"contents":[{"parts":[{"text":"hi"}]}],"generation_config":{"max_output_tokens":9000}}""")]
    [InlineData("/v1beta/{model}:generateContent", """{"contents":[{"parts":[{"text":"hi"}]}]}""")]
    [InlineData("/v1/interactions", """{"input":"hi","generation_config":{"max_output_tokens":9000}}""")]
    public async Task Others_GetTheSmallModel_AndShortAnswers(string door, string request)
    {
        bool isInPath = door.Contains('{', StringComparison.Ordinal);
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}")).Answer(ScriptedResponse.Json("{}"));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.All.Single(endpoint => endpoint.Path == door && endpoint.Method == "POST"),
            isInPath ? request : request.Insert(1, "\"model\":\"assistant\","),
            new Dictionary<string, string> { ["Authorization"] = "Bearer sample-free" },
            path: door.Replace("{model}", "models/assistant", StringComparison.Ordinal));

        Assert.True(_gateway.Upstream.Seen.Count > 0, call.Text);
        JsonNode sent = _gateway.Upstream.Seen[0].Json;
        Assert.Equal("gpt-4o-mini", (string?)sent["model"]);
        Assert.Equal(
            [512],
            new[] { "max_tokens", "max_completion_tokens", "max_output_tokens" }
                .Select(field => sent[field])
                .OfType<JsonNode>()
                .Select(most => (int)most));
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
