using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>What reaches the provider: everything, save what it does not take and what the route sets.</summary>
public sealed class OutgoingBodyTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          exact: openai/gpt-4o-mini
          groq: groq/llama
          claude: anthropic/claude-sonnet-4-5
          mistral: mistral-ai/mistral-small
          set: { targets: [{ to: loose/x, set: { temperature: 0.25, seed: 7 } }] }
          set-claude: { targets: [{ to: anthropic/claude-sonnet-4-5, set: { max_tokens: 5 } }] }
          strict: { targets: [anthropic/claude-sonnet-4-5], unsupported: reject }
          "open-*": openai/*
        """);

    [Fact]
    public async Task Passthrough_ChangesTheModelAndNoOtherByte()
    {
        const string Request = """
            { "model":"exact" ,"messages":[ {"role":"user","content":"\ud83d\ude00"} ],"x":[2.50],"temperature":1.0}
            """;
        SeenRequest seen = await SendAsync(GatewayEndpoints.ChatCompletions, Request);
        Assert.Equal(Request.Replace("\"exact\"", "\"gpt-4o-mini\"", StringComparison.Ordinal), seen.Body);
    }

    [Fact]
    public async Task PassthroughStream_AsksForUsageThatTheClientDoesNotSee()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("exact", Wires.ChatStream));
        Assert.True((bool)_gateway.Upstream.Last.Json["stream_options"]!["include_usage"]!);
        Assert.DoesNotContain("usage", call.Text, StringComparison.Ordinal);
        Assert.Equal(12, _gateway.Record.Usage!.Total);
    }

    [Fact]
    public async Task ParameterRules_OnPassthrough_DropAndTell()
    {
        ClientCall call = await CallAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"groq","messages":[{"role":"user","content":"hi"}],"top_logprobs":3,"seed":4}""");
        Assert.False(_gateway.Upstream.Last.Json.ContainsKey("top_logprobs"));
        Assert.Equal(4, (int)_gateway.Upstream.Last.Json["seed"]!);
        Assert.Equal("top_logprobs", call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task ParameterRules_OnPassthrough_Reject()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, """{"model":"groq","messages":[{"role":"user","content":"hi"}],"n":2}""");
        Assert.Equal(400, call.Status);
        Assert.Equal("n", call.Error("param"));
        Assert.Contains("groq/llama", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task ParameterRules_OnTranslation_Apply()
    {
        SeenRequest seen = await SendAsync(
            GatewayEndpoints.Messages,
            """{"model":"mistral","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""");
        Assert.Equal("mistral-small", (string?)seen.Json["model"]);
        Assert.Equal(9, (int)seen.Json["max_tokens"]!);
        Assert.False(seen.Json.ContainsKey("max_completion_tokens"));
    }

    [Fact]
    public async Task Translation_DropsWhatItCannotCarryAndTells()
    {
        ClientCall call = await CallAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"claude","messages":[{"role":"user","content":"hi"}],"seed":1,"logit_bias":{"1":2}}""");
        Assert.Equal("logit_bias,seed", string.Join(',', call.Header("x-lightport-dropped")!.Split(',').Order()));
        Assert.False(_gateway.Upstream.Last.Json.ContainsKey("seed"));
    }

    [Fact]
    public async Task Translation_UnderReject_Refuses()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"strict","messages":[{"role":"user","content":"hi"}],"seed":1}""");
        Assert.Equal(400, call.Status);
        Assert.Equal("seed", call.Error("param"));
    }

    [Fact]
    public async Task Set_OverridesTheClient()
    {
        SeenRequest seen = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"set","messages":[{"role":"user","content":"hi"}],"temperature":2}""");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("0.25"), seen.Json["temperature"]));
        Assert.Equal(7, (int)seen.Json["seed"]!);

        SeenRequest translated = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"set-claude","messages":[{"role":"user","content":"hi"}],"max_tokens":99}""");
        Assert.Equal(5, (int)translated.Json["max_tokens"]!);
    }

    [Fact]
    public async Task Wildcard_CarriesTheNameOn()
    {
        SeenRequest seen = await SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("open-1", Wires.Chat));
        Assert.Equal("open-1", (string?)seen.Json["model"]);
        Assert.Equal("https://api.openai.com/v1/chat/completions", seen.Address.ToString());
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<ClientCall> CallAsync(GatewayEndpoint endpoint, string request)
    {
        bool claude = request.Contains("claude", StringComparison.Ordinal);
        _gateway.Upstream.Answer(ScriptedResponse.Json(claude ? Wires.MessagesAnswer : Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(endpoint, request);
        Assert.True(call.Status == 200, call.Text);
        return call;
    }

    private async Task<SeenRequest> SendAsync(GatewayEndpoint endpoint, string request)
    {
        await CallAsync(endpoint, request);
        return _gateway.Upstream.Last;
    }
}
