using Lightport.Admission;
using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>What a request says of where it wants to go is kept to, and told to no provider but those that ask.</summary>
public sealed class PreferenceTests : IDisposable
{
    private readonly TestGateway _gateway = new(
        $$"""
        models:
          m:
            targets:
              - { to: loose/a, data: { retention: none, training: never }, quantization: fp8 }
              - openai/gpt-4o-mini
              - { to: groq/c, label: turbo }
            retry: { attempts: 1 }
          n: groq/n
          mixed: [openrouter/x, loose/a]
          "own:nitro": groq/own
          "or/*": openrouter/*
        keys:
          - { name: free, sha256: "{{KeyHash.Of("free-key-0123456789")}}" }
          - { name: bound, sha256: "{{KeyHash.Of("bound-key-0123456789")}}", models: [m] }
        """,
        providers: "  openrouter: { key: OPENAI_API_KEY }\n  cheap: { use: openai, key: OPENAI_API_KEY }\n");

    [Theory]
    [InlineData("\"provider\":{\"order\":[\"groq\"]}", "c")]
    [InlineData("\"provider\":{\"order\":[\"nobody\",\"Groq\",\"loose\"]}", "c")]
    [InlineData("\"provider\":{\"order\":[\"groq/turbo\"]}", "c")]
    [InlineData("\"provider\":{\"order\":[\"groq/other\"]}", "a")]
    [InlineData("\"provider\":{\"only\":[\"openai\"]}", "gpt-4o-mini")]
    [InlineData("\"provider\":{\"ignore\":[\"openai-compatible\",\"OpenAI\"]}", "c")]
    [InlineData("\"provider\":{\"zdr\":true}", "a")]
    [InlineData("\"provider\":{\"data_collection\":\"deny\",\"allow_fallbacks\":null}", "a")]
    [InlineData("\"provider\":{\"quantizations\":[\"fp8\"]}", "a")]
    [InlineData("\"provider\":{\"quantizations\":[\"unknown\"]}", "gpt-4o-mini")]
    [InlineData("\"provider\":{\"sort\":\"latency\"}", "a")]
    [InlineData("\"provider\":{\"sort\":\"price\"}", "gpt-4o-mini")]
    [InlineData("\"provider\":{\"sort\":{\"by\":\"price\"},\"ignore\":[\"openai\"]}", "a")]
    [InlineData("\"provider\":{\"sort\":{\"by\":\"throughput\",\"partition\":\"none\"}},\"models\":[\"n\"]", "a")]
    [InlineData("\"models\":[\"m\",\"n\"],\"route\":\"fallback\"", "a")]
    [InlineData("\"provider\":{\"zdr\":false,\"order\":null,\"preferred_min_throughput\":{\"p50\":9,\"p90\":null}}", "a")]
    public async Task Preferences_AreKeptToAndNotSentOn(string said, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync($$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{said}}}""");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(model, call.Header("x-lightport-model"));
        Assert.Equal(
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""", _gateway.Upstream.Last.Body);
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("\"provider\":\"groq\"", "provider")]
    [InlineData("\"provider\":{\"order\":\"groq\"}", "provider.order")]
    [InlineData("\"provider\":{\"only\":[\"groq\",1]}", "provider.only[1]")]
    [InlineData("\"provider\":{\"zdr\":\"yes\"}", "provider.zdr")]
    [InlineData("\"provider\":{\"sort\":\"quality\"}", "provider.sort")]
    [InlineData("\"provider\":{\"sort\":{\"by\":\"latency\",\"partition\":\"all\"}}", "provider.sort.partition")]
    [InlineData("\"provider\":{\"data_collection\":true}", "provider.data_collection")]
    [InlineData("\"provider\":{\"quantizations\":[\"fp7\"]}", "provider.quantizations")]
    [InlineData("\"provider\":{\"max_price\":{\"prompt\":-1}}", "provider.max_price.prompt")]
    [InlineData("\"provider\":{\"max_price\":{\"image\":1}}", "provider.max_price.image")]
    [InlineData("\"provider\":{\"preferred_max_latency\":{\"p99\":1}}", "provider.preferred_max_latency.p99")]
    [InlineData("\"provider\":{\"enforce_distillable_text\":true}", "provider.enforce_distillable_text")]
    [InlineData("\"provider\":{\"tomorrow\":1}", "provider.tomorrow")]
    [InlineData("\"provider\":{\"only\":[\"a\"],\"only\":[\"b\"]}", "provider")]
    [InlineData("\"route\":\"best\"", "route")]
    [InlineData("\"models\":{\"a\":1}", "models")]
    [InlineData("\"models\":[\"\"]", "models[0]")]
    public async Task Preference_ThatIsMalformedOrCannotBeKept_IsRefusedByName(string said, string param)
    {
        ClientCall call = await SendAsync($$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{said}}}""");

        Assert.Equal((400, param), (call.Status, call.Error("param")));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("\"provider\":{\"only\":[\"anthropic\"]}", "groq/c: It is none of those in 'provider.only'.")]
    [InlineData("\"provider\":{\"zdr\":true,\"ignore\":[\"loose\"]}", "openai/gpt-4o-mini: 'provider.zdr' wants")]
    [InlineData("\"provider\":{\"max_price\":{\"prompt\":0.0001}}", "loose/a: Its price is not known")]
    public async Task NoneLeft_EachReasonIsTold(string said, string reason)
    {
        ClientCall call = await SendAsync($$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{said}}}""");

        Assert.Equal((400, "no_target_can"), (call.Status, call.Error("code")));
        Assert.Contains(reason, call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"models\":[\"n\"]", new[] { "a", "gpt-4o-mini", "c", "n" })]
    [InlineData("\"models\":[\"n\"],\"provider\":{\"allow_fallbacks\":false}", new[] { "a" })]
    [InlineData("\"provider\":{\"allow_fallbacks\":false,\"order\":[\"groq\",\"loose\"]}", new[] { "c", "a" })]
    public async Task Failures_LeadToWhomTheRequestAllows(string said, string[] models)
    {
        for (int i = 0; i < 4; i++)
        {
            _gateway.Upstream.Answer(ScriptedResponse.Error(500));
        }

        await SendAsync($$"""{"model":"m","messages":[{"role":"user","content":"hi"}],{{said}}}""");

        Assert.Equal(models, _gateway.Upstream.Seen.Select(seen => (string?)seen.Json["model"]));
    }

    /// <summary>A client of a list alone asks for its first.</summary>
    [Fact]
    public async Task Models_WithoutAModel_BeginWithTheFirst()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync("""{"messages":[{"role":"user","content":"hi"}],"models":["n","m"]}""");

        Assert.Equal("a", call.Header("x-lightport-model"));
        Assert.Equal(["n", "a"], _gateway.Upstream.Seen.Select(seen => (string?)seen.Json["model"]));
    }

    [Theory]
    [InlineData("bound", "[\"n\"]", 403, "models[0]")]
    [InlineData("free", "[\"m\",\"nothing\"]", 404, "models[1]")]
    public async Task Models_MustEachBeThereAndAllowed(string key, string models, int status, string param)
    {
        ClientCall call = await SendAsync(
            $$"""{"model":"m","messages":[{"role":"user","content":"hi"}],"models":{{models}}}""", key);

        Assert.Equal((status, param), (call.Status, call.Error("param")));
    }

    [Theory]
    [InlineData("m:nitro", "a")]
    [InlineData("m:floor", "gpt-4o-mini")]
    [InlineData("or/x:floor", "x:floor")]
    [InlineData("own:nitro", "own")]
    [InlineData("or/x:nitro", "x:nitro")]
    public async Task Suffix_ThatOnlySaysHowToChoose_IsNoPartOfTheName(string asked, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(Wires.For(asked, Wires.Chat));

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(model, call.Header("x-lightport-model"));
    }

    [Fact]
    public async Task Suffix_OfAnotherKind_StaysAName() =>
        Assert.Equal(404, (await SendAsync(Wires.For("m:online", Wires.Chat))).Status);

    /// <summary>Whoever knows these words keeps to them itself, those of tomorrow too.</summary>
    [Fact]
    public async Task OpenRouter_GetsItsOwnWordsUntouched()
    {
        const string Said = "\"provider\":{\"order\":[\"deepinfra/turbo\"],\"tomorrow\":1},\"models\":[\"a/b\"],\"route\":\"fallback\"";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(
            $$"""{"model":"or/x","messages":[{"role":"user","content":"hi"}],{{Said}}}""");

        Assert.True(call.Status == 200, call.Text);
        Assert.EndsWith(Said + "}", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenRouter_BesideOthers_GetsThemToo()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await SendAsync("""
            {"model":"mixed","messages":[{"role":"user","content":"hi"}],"provider":{"ignore":["openrouter"]}}
            """);

        Assert.Contains("\"provider\"", _gateway.Upstream.Seen[0].Body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"provider\"", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_ThatAreRequired_AreNotDropped()
    {
        using var gateway = new TestGateway("models: { m: [anthropic/claude-haiku-4-5, loose/g] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            """
            {"model":"m","messages":[{"role":"user","content":"hi"}],"logit_bias":{"1":2},
             "provider":{"require_parameters":true}}
            """);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal("loose", call.Header("x-lightport-provider"));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(string body, string key = "free") => _gateway.SendAsync(
        GatewayEndpoints.ChatCompletions,
        body,
        new Dictionary<string, string> { ["authorization"] = $"Bearer {key}-key-0123456789" });
}
