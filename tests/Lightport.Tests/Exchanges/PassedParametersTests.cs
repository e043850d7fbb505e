using System.Text.Json.Nodes;
using Lightport.Tests.Dialects;
using Lightport.Usage;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// What no catalog file speaks of reaches its provider: nowhere does a list say what may pass, and no limit is added
/// that nobody asked for.
/// </summary>
public sealed class PassedParametersTests : IDisposable
{
    private const string Fields = """
        "messages":[{"role":"user","content":"hi"}],
        "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}],
        "tool_choice":"auto","stop":["END"],"top_p":0.5,"of_tomorrow":{"x":[1.50]}
        """;

    private readonly TestGateway _gateway = new(
        "direct: on",
        providers: """
              moonshot: {}
              zhipu: {}
              deepinfra: {}
              siliconflow: {}
              openrouter: {}
              together-ai: {}
              novita-ai: {}
              ollama: {}

            """);

    [Theory]
    [InlineData("moonshot")]
    [InlineData("zhipu")]
    [InlineData("deepinfra")]
    [InlineData("siliconflow")]
    [InlineData("mistral-ai")]
    [InlineData("openrouter")]
    [InlineData("together-ai")]
    [InlineData("novita-ai")]
    public async Task Chat_OfALooseProvider_HearsAllThatWasSaidAndNoMore(string provider)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, $$"""{"model":"{{provider}}/m",{{Fields}}}""");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal($$"""{"model":"m",{{Fields}}}""", _gateway.Upstream.Last.Body);
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("together-ai")]
    [InlineData("perplexity-ai")]
    public async Task Translated_ToALooseProvider_HasNoLimitOfTheGateways(string provider)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses,
            $$"""
            {"model":"{{provider}}/m","input":"hi",
             "tools":[{"type":"function","name":"f","parameters":{"type":"object","properties":{} } }]}
            """);

        Assert.True(call.Status == 200, call.Text);
        JsonObject sent = _gateway.Upstream.Last.Json;
        Assert.Equal("f", (string?)sent["tools"]![0]!["function"]!["name"]);
        Assert.False(sent.ContainsKey("max_tokens") || sent.ContainsKey("max_completion_tokens"));
    }

    /// <summary>Together tells usage with the finish, Perplexity with every chunk, Ollama in one without choices.</summary>
    [Theory]
    [InlineData("together-ai", false, true, false)]
    [InlineData("perplexity-ai", true, true, false)]
    [InlineData("ollama", false, false, true)]
    public async Task Usage_WhereverAProviderTellsIt_IsTheClientsLastChunk(
        string provider, bool inText, bool inFinish, bool alone)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.ChatRole + WithUsage(Wires.ChatText, inText) + WithUsage(Wires.ChatFinish, inFinish)
            + (alone ? Wires.ChatUsage : "") + Wires.ChatDone));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For($"{provider}/m", Wires.ChatStream)[..^1] + ",\"stream_options\":{\"include_usage\":true}}");

        ChatStreamLaws.Check(call.Text, includeUsage: true);
        Assert.EndsWith(Wires.ChatUsage + Wires.ChatDone, call.Text, StringComparison.Ordinal);
        UsageRecord record = _gateway.Record;
        Assert.Equal((9L, 3L, false), (record.Usage!.Prompt, record.Usage.Completion, record.Usage.Estimated));
    }

    public void Dispose() => _gateway.Dispose();

    private static string WithUsage(string chunk, bool told) => told
        ? chunk.Replace(
            "}\n\n",
            ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12}}\n\n",
            StringComparison.Ordinal)
        : chunk;
}
