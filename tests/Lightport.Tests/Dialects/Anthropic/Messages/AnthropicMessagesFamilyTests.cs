using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Strict;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>What a family of Claude demands or refuses, as a chat client meets it that knows of no families.</summary>
public sealed class AnthropicMessagesFamilyTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          "claude-*": anthropic/claude-*
          lenient: { unsupported: drop, targets: [anthropic/claude-fable-5-1] }
        """);

    /// <summary>The API asks for a limit, and a small one of the gateway's own would cut answers off.</summary>
    [Theory]
    [InlineData("claude-3-haiku-20240307", 4096)]
    [InlineData("claude-opus-4-1-20250805", 32000)]
    [InlineData("claude-sonnet-4-5", 64000)]
    [InlineData("claude-opus-5", 128000)]
    public async Task Limit_ThatNobodySaid_IsTheModelsOwn(string model, int limit)
    {
        (ClientCall call, JsonObject body) = await SendAsync(Wires.For(model, Wires.Chat));

        Assert.Equal(limit, (int)body["max_tokens"]!);
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    /// <summary>Models that always think cannot be made to call a tool, and not to call it is another answer.</summary>
    [Theory]
    [InlineData("claude-fable-5-1", "\"required\"")]
    [InlineData("claude-fable-5-2", """{"type":"function","function":{"name":"look"}}""")]
    [InlineData("claude-mythos-5-1", "\"required\"")]
    [InlineData("claude-opus-5-5", "\"required\"")]
    public async Task ForcedTool_OfAModelThatTakesNone_IsRefusedByFieldAndTarget(string model, string choice)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Forced(model, choice));

        Assert.Equal((400, "tool_choice"), (call.Status, call.Error("param")));
        Assert.Contains($"anthropic/{model}", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task ForcedTool_WhereTheRouteDrops_IsTheModelsChoiceAndTold()
    {
        (ClientCall call, JsonObject body) = await SendAsync(Forced("lenient", "\"required\""));

        Wire.Same("""{"type":"auto"}""", body["tool_choice"]);
        Assert.Equal("tool_choice", call.Header("x-lightport-dropped"));
        Assert.Empty(StrictAnthropic.Complaints(body));
    }

    public void Dispose() => _gateway.Dispose();

    private static string Forced(string model, string choice) => $$$"""
        {"model":"{{{model}}}","messages":[{"role":"user","content":"q"}],"tool_choice":{{{choice}}},
         "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":{} } } }]}
        """;

    private async Task<(ClientCall Call, JsonObject Body)> SendAsync(string request)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, request);
        Assert.True(call.Status == 200, call.Text);
        return (call, _gateway.Upstream.Last.Json);
    }
}
