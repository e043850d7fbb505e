using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>Who cannot do what a request asks for is passed over before anything is sent.</summary>
public sealed class EligibilityTests : IDisposable
{
    private const string Picture =
        """[{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]""";

    private readonly TestGateway _gateway = new(
        """
        models:
          short: { targets: [{ to: loose/small, traits: { context-length: 100 } }] }
          one: { targets: [{ to: loose/small, traits: { tools: off } }] }
          m:
            targets:
              - { to: loose/small, traits: { context-length: 100, tools: off, input: [text] } }
              - openai/gpt-4o
          none:
            targets:
              - { to: loose/a, traits: { tools: off } }
              - { to: loose/b, traits: { tools: off } }
          known: [openai/gpt-3.5-turbo, openai/gpt-4o]
          alone: openai/gpt-3.5-turbo
          vectors: [cohere/embed, openai/text-embedding-3-small]
        """,
        providers: "  cohere: { use: anthropic, key: ANTHROPIC_API_KEY }\n");

    [Theory]
    [InlineData("\"content\":\"hi\"}]", "small")]
    [InlineData("\"content\":\"hi\"}],\"max_tokens\":40", "small")]
    [InlineData("\"content\":\"hi\"}],\"max_tokens\":101", "gpt-4o")]
    [InlineData("\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]", "gpt-4o")]
    [InlineData("\"content\":" + Picture + "}]", "gpt-4o")]
    public async Task Target_ThatCannotDoIt_IsPassedOver(string rest, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, $$"""{"model":"m","messages":[{"role":"user",{{rest}}}""");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal((model, "1"), (call.Header("x-lightport-model"), call.Header("x-lightport-attempts")));
    }

    /// <summary>A prompt's length is guessed, within a factor of two: what may fit is not refused.</summary>
    [Theory]
    [InlineData(700, 200)]
    [InlineData(900, 400)]
    public async Task Prompt_IsRefused_WhereItIsTooLongByFar(int letters, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"short","messages":[{"role":"user","content":"{{new string('x', letters)}}"}]}""");

        Assert.Equal(status, call.Status);
    }

    [Theory]
    [InlineData("none", "loose/a: It takes no tools. loose/b: It takes no tools.")]
    [InlineData("one", "loose/small: It takes no tools.")]
    public async Task NoneLeft_EachReasonIsTold(string model, string reasons)
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Messages,
            Wires.For(model, Wires.Messages).Replace(
                "\"max_tokens\"", "\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"max_tokens\"", StringComparison.Ordinal));

        Assert.Equal(400, call.Status);
        Assert.Contains($"No target of '{model}' can take this request. {reasons}", call.Text, StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    /// <summary>What is built in can be out of date: where no other is left, the provider has the last word.</summary>
    [Theory]
    [InlineData("known", "gpt-4o")]
    [InlineData("alone", "gpt-3.5-turbo")]
    public async Task Model_ThatIsKnownNotToTakeIt_IsPassedOverWhileAnotherIsLeft(string asked, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"{{asked}}","messages":[{"role":"user","content":{{Picture}}}]}""");

        Assert.Equal(model, call.Header("x-lightport-model"));
    }

    [Fact]
    public async Task Provider_WithoutSuchAnEndpoint_IsPassedOver()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"object":"list","data":[],"model":"m","usage":{}}"""));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Embeddings, """{"model":"vectors","input":"hi"}""");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal("openai", call.Header("x-lightport-provider"));
    }

    public void Dispose() => _gateway.Dispose();
}
