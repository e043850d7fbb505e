using Lightport.Admission;

namespace Lightport.Tests.Exchanges;

/// <summary>What a key that may use certain models only can say where bytes pass.</summary>
public sealed class RestrictedKeyTests : IDisposable
{
    private readonly TestGateway _gateway = new($$"""
        models:
          small: loose/small
          router: openrouter/small
          also: { targets: [loose/also], unsupported: drop }
          claude: anthropic/claude-haiku-4-5
        keys:
          - name: bound
            sha256: "{{KeyHash.Of("bound-key-0123456789")}}"
            models: [small, router, claude, "soft-*", "loose/s*"]
          - { name: free, sha256: "{{KeyHash.Of("free-key-0123456789")}}" }
        """,
        providers: "  openrouter: { key: OPENAI_API_KEY }\n");

    [Theory]
    [InlineData("models", """["small","large"]""")]
    [InlineData("models", """["large"]""")]
    [InlineData("MODELS", """["large"]""")]
    [InlineData("model\u017F", """["large"]""")]
    [InlineData("models", """{"a":{"b":["large"]}}""")]
    [InlineData("fallbacks", """["large"]""")]
    [InlineData("fallbacks", """[{"model":"small"},{"model":"large"}]""")]
    [InlineData("fallbacks", """[{"model":"small","Model":"large"}]""")]
    [InlineData("fallbacks", """[{"model":"small","api_base":"https://elsewhere"}]""")]
    [InlineData("fallbacks", """[{"small":["large"]}]""")]
    [InlineData("fallbacks", "\"default\"")]
    [InlineData("context_window_fallbacks", """[{"small":["large"]}]""")]
    [InlineData("fallback_model", "\"large\"")]
    [InlineData("compound_custom", """{"models":{"answering_model":"large","reasoning_model":"small"}}""")]
    [InlineData("plugins", """[{"id":"fusion","analysis_models":["large"]}]""")]
    [InlineData("tools", """[{"type":"openrouter:advisor","parameters":{"model":"large"}}]""")]
    [InlineData("tools", """[{"type":"function","type":"openrouter:subagent","parameters":{"model":"large"}}]""")]
    [InlineData("tools", """[{"type":"openrouter:subagent","Type":"function","parameters":{"model":"large"}}]""")]
    [InlineData("draft_model", "\"large\"")]
    [InlineData("modelId", "\"large\"")]
    [InlineData("engine", "\"large\"")]
    [InlineData("apiBase", "\"https://elsewhere\"")]
    [InlineData("provider", """{"only":["x"]}""")]
    [InlineData("providerOptions", """{"gateway":{"only":["x"]}}""")]
    [InlineData("route", "\"fallback\"")]
    [InlineData("preset", "\"p\"")]
    [InlineData("api_base", "\"https://elsewhere\"")]
    [InlineData("base_url", "\"https://elsewhere\"")]
    [InlineData("api_key", "\"k\"")]
    [InlineData("user_config", """{"model_list":[]}""")]
    [InlineData("extra_body", """{"api_base":"x"}""")]
    [InlineData("vertex_credentials", "\"x\"")]
    [InlineData("aws_bedrock_runtime_endpoint", "\"x\"")]
    [InlineData("inference_geo", "\"us\"")]
    public async Task Body_ThatChoosesAnotherModelOrPlace_IsRefused(string field, string value)
    {
        ClientCall bound = await SendAsync("bound", Body(For(field), field, value));

        Assert.Equal((403, "model_not_allowed", field), (bound.Status, bound.Error("code"), bound.Error("param")));
        Assert.Empty(_gateway.Upstream.Seen);

        ClientCall free = await SendAsync("free", Body(For(field), field, value));
        Assert.Equal(200, free.Status);
        Assert.Contains(value, _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models", """["small","claude"]""")]
    [InlineData("models", "null")]
    [InlineData("fallbacks", """[{"model":"small","messages":[{"role":"user","content":"large"}],"max_tokens":9}]""")]
    [InlineData("disable_fallbacks", "true")]
    [InlineData("fallback_credit_token", "\"opaque\"")]
    [InlineData("provider", "null")]
    [InlineData("metadata", """{"models":["large"]}""")]
    [InlineData("tools", """[{"type":"function","function":{"name":"f","parameters":{"properties":{"model":{"enum":["large"]}}}}}]""")]
    public async Task Body_ThatChoosesWhatTheKeyMayUse_Passes(string field, string value)
    {
        ClientCall call = await SendAsync("bound", Body(For(field), field, value));

        Assert.True(call.Status == 200, call.Text);
        Assert.Contains(value, _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"advisor_20260301","name":"advisor","model":"claude-opus-5"}""", 403)]
    [InlineData("""{"name":"Task","input_schema":{"type":"object","properties":{"model":{"enum":["opus"]}}}}""", 200)]
    public async Task ToolOfAnthropics_ThatAsksAnotherModel_IsRefused(string tool, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Messages,
            Wires.Messages.Replace("\"m\"", $"\"claude\",\"tools\":[{tool}]", StringComparison.Ordinal),
            Key("bound"));

        Assert.Equal(status, call.Status);
    }

    [Fact]
    public async Task Model_ThatIsAListOfNames_NeedsEveryOneOfThem()
    {
        ClientCall call = await SendAsync("bound", Body("loose/small,large", "x", "1"));

        Assert.Equal((403, "model_not_allowed"), (call.Status, call.Error("code")));
    }

    [Theory]
    [InlineData("soft-a", "loose", 200)]
    [InlineData("soft-a", "groq", 403)]
    [InlineData("small", "groq", 200)]
    public async Task Provider_ThatAHeaderNames_MustBeAllowedToo(string model, string provider, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For(model, Wires.Chat),
            new Dictionary<string, string>(Key("bound")) { ["x-lightport-provider"] = provider });

        Assert.Equal(status, call.Status);
    }

    [Theory]
    [InlineData("Model")]
    [InlineData("MODEL")]
    [InlineData("Stream")]
    [InlineData("me\u017F\u017Fages")]
    public async Task Names_ThatDifferByCaseOnly_AreRefusedForEverybody(string field)
    {
        string body = Wires.For("small", Wires.ChatStream)[..^1] + $",\"{field}\":\"large\"}}";
        ClientCall call = await SendAsync("free", body);

        Assert.Equal((400, "invalid_json"), (call.Status, call.Error("code")));
        Assert.Contains($"'{field}'", call.Error("message"), StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(string key, string body)
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        return _gateway.SendAsync(GatewayEndpoints.ChatCompletions, body, Key(key));
    }

    /// <summary>What the gateway keeps to itself is told to those alone that know it.</summary>
    private static string For(string field) => field is "models" or "provider" or "route" ? "router" : "small";

    private static Dictionary<string, string> Key(string name) =>
        new() { ["Authorization"] = $"Bearer {name}-key-0123456789" };

    private static string Body(string model, string field, string value) =>
        Wires.For(model, Wires.Chat)[..^1] + $",\"{field}\":{value}}}";
}
