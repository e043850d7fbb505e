using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Strict;

/// <summary>System turns reach each target where its chat template takes them.</summary>
public sealed class SystemTurnTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          gpt: { targets: [{ to: openai/gpt-5, traits: { endpoint: openai-chat } }] }
          house: loose/some-model
          qwen: groq/qwen3.5-27b
          merged: { targets: [{ to: loose/some-model, traits: { system-turns: merged } }] }
          trusted: { targets: [{ to: loose/some-model, traits: { system-turns: in-place } }] }
        """);

    [Theory]
    [InlineData("house")]
    [InlineData("qwen")]
    public async Task LaterOnes_ToAStrictTemplate_AreToldInTheUsersTurn(string model)
    {
        JsonNode body = await SendAsync(model);

        Assert.Empty(StrictTurns.Complaints(body));
        Assert.Equal(
            ["system", "user", "assistant", "tool", "user"],
            body["messages"]!.AsArray().Select(message => (string)message!["role"]!));
        Assert.Equal("You are Claude Code.\n\nBe brief.", (string)body["messages"]![0]!["content"]!);
        Assert.Equal(
            [
                "<system-reminder>today</system-reminder>", "Look.",
                "<system-reminder>\nThe user opened a.txt.\n</system-reminder>",
            ],
            Texts(body["messages"]![1]!));
        Assert.Equal(
            ["<system-reminder>\nTwo files changed.\n</system-reminder>", "Go on."],
            Texts(body["messages"]![4]!));
    }

    [Fact]
    public async Task All_WhereTheConfigurationSaysMerged_AreTheFirstMessage()
    {
        JsonNode body = await SendAsync("merged");

        Assert.Empty(StrictTurns.Complaints(body));
        Assert.Equal(
            "You are Claude Code.\n\nBe brief.\n\nThe user opened a.txt.\n\nTwo files changed.",
            (string)body["messages"]![0]!["content"]!);
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("trusted")]
    public async Task Any_WhereTheyMayStandAnywhere_StayInPlace(string model)
    {
        JsonNode body = await SendAsync(model);

        Assert.Equal(
            ["system", "user", "system", "assistant", "tool", "system", "user"],
            body["messages"]!.AsArray().Select(message => (string)message!["role"]!));
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("house")]
    public async Task BillingLine_ToAnybodyButAnthropic_IsLeftOutAndNamed(string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, ClaudeCode.Loop(model));

        Assert.DoesNotContain("x-anthropic-billing-header", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Contains(
            "x-anthropic-billing-header", call.Header("x-lightport-dropped"), StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonNode> SendAsync(string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, ClaudeCode.Loop(model));
        Assert.Equal(200, call.Status);
        return _gateway.Upstream.Last.Json;
    }

    private static IEnumerable<string> Texts(JsonNode message) =>
        message["content"]!.AsArray().Select(part => (string)part!["text"]!);
}
