namespace Lightport.Tests.Exchanges;

/// <summary>Which headers pass, in both directions.</summary>
public sealed class HeadersTests : IDisposable
{
    private static readonly Dictionary<string, string> Everything = new()
    {
        ["authorization"] = "Bearer client-canary",
        ["x-api-key"] = "client-canary",
        ["api-key"] = "client-canary",
        ["x-goog-api-key"] = "client-canary",
        ["cookie"] = "session=client-canary",
        ["x-functions-key"] = "client-canary",
        ["x-ms-client-principal"] = "client-canary",
        ["x-forwarded-for"] = "127.0.0.1",
        ["traceparent"] = "client-canary",
        ["x-stainless-lang"] = "client-canary",
        ["connection"] = "close",
        ["transfer-encoding"] = "chunked",
        ["host"] = "client-canary.localhost",
        ["openai-organization"] = "client-canary",
        ["openai-project"] = "client-canary",
        ["anthropic-version"] = "2026-10-21",
        ["anthropic-beta"] = "some-beta",
    };

    private readonly TestGateway _gateway = new("models: { gpt: [openai/x], claude: [anthropic/y], loose: [loose/z] }");

    [Theory]
    [InlineData("gpt", new[] { "user-agent", "authorization" })]
    [InlineData("claude", new[] { "user-agent", "anthropic-version", "x-api-key" })]
    [InlineData("loose", new[] { "user-agent" })]
    public async Task ChatClient_OnlyWhatTheProviderTakesReachesIt(string model, string[] expected)
    {
        SeenRequest seen = await SendAsync(GatewayEndpoints.ChatCompletions, model, Everything);
        Assert.Equal(expected.Order(), seen.HeaderNames.Order());
        Assert.DoesNotContain("canary", string.Concat(expected.Select(seen.Header)), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", seen.Address.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt", new[] { "user-agent", "authorization" })]
    [InlineData("claude", new[] { "user-agent", "anthropic-version", "anthropic-beta", "x-api-key" })]
    [InlineData("loose", new[] { "user-agent" })]
    public async Task MessagesClient_OnlyWhatTheProviderTakesReachesIt(string model, string[] expected)
    {
        SeenRequest seen = await SendAsync(GatewayEndpoints.Messages, model, Everything);
        Assert.Equal(expected.Order(), seen.HeaderNames.Order());
        Assert.DoesNotContain("canary", string.Concat(expected.Select(seen.Header)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnthropicVersion_IsTheClientsOwnOrTheDefault()
    {
        SeenRequest own = await SendAsync(GatewayEndpoints.Messages, "claude", Everything);
        Assert.Equal("2026-10-21", own.Header("anthropic-version"));
        Assert.Equal("some-beta", own.Header("anthropic-beta"));

        SeenRequest without = await SendAsync(GatewayEndpoints.Messages, "claude", []);
        Assert.Equal("2023-06-01", without.Header("anthropic-version"));
        Assert.Null(without.Header("anthropic-beta"));

        SeenRequest translated = await SendAsync(GatewayEndpoints.ChatCompletions, "claude", []);
        Assert.Equal("2023-06-01", translated.Header("anthropic-version"));
    }

    [Fact]
    public async Task ClientsAccount_GoesWithTheClientsOwnKeyAlone()
    {
        using var gateway = new TestGateway("admission: { mode: bring-your-own }\nmodels: { gpt: [openai/x] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.For("gpt", Wires.Chat),
            new Dictionary<string, string>
            {
                ["authorization"] = "Bearer sk-proj-own",
                ["openai-organization"] = "org-1",
                ["openai-project"] = "proj-1",
            });
        Assert.Equal("org-1", gateway.Upstream.Last.Header("openai-organization"));
        Assert.Equal("proj-1", gateway.Upstream.Last.Header("openai-project"));
    }

    [Fact]
    public async Task Answer_TellsOfItsJourney()
    {
        _gateway.Upstream.Answer(new ScriptedResponse(
            200, "application/json", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Wires.ChatAnswer)))
        {
            Fields =
            {
                ["x-ratelimit-remaining-tokens"] = "17",
                ["openai-processing-ms"] = "8",
                ["server"] = "canary",
                ["set-cookie"] = "canary=1",
                ["openai-organization"] = "canary",
            },
        });
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat));
        Assert.Equal("openai", call.Header("x-lightport-provider"));
        Assert.Equal("x", call.Header("x-lightport-model"));
        Assert.Equal("gpt", call.Header("x-lightport-route"));
        Assert.Equal("1", call.Header("x-lightport-attempts"));
        Assert.Null(call.Header("x-lightport-dropped"));
        Assert.Matches("^[0-9.]+$", call.Header("x-lightport-overhead-ms"));
        Assert.Equal(_gateway.Record.RequestId, call.Header("x-request-id"));
        Assert.Equal("17", call.Header("x-ratelimit-remaining-tokens"));
        Assert.Equal("8", call.Header("openai-processing-ms"));
        Assert.All(
            call.Context.Response.Headers,
            header => Assert.DoesNotContain("canary", header.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Node's clients take 16 kB of headers; an answer with more would be lost to them.</summary>
    [Fact]
    public async Task ProvidersHeaders_PassAsFarAsClientsTakeThem()
    {
        var answer = ScriptedResponse.Json(Wires.ChatAnswer);
        answer.Fields["retry-after"] = "7";
        for (int i = 0; i < 20; i++)
        {
            answer.Fields[$"x-ratelimit-{i}"] = new string('x', 1000);
        }

        _gateway.Upstream.Answer(answer);
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat));

        Assert.Equal((200, "7"), (call.Status, call.Header("retry-after")));
        Assert.InRange(call.Context.Response.Headers.Sum(header => header.ToString().Length), 7_000, 10_000);
    }

    [Fact]
    public async Task Stream_TellsOfItsJourneyToo()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.MessagesEvents));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"claude","messages":[{"role":"user","content":"hi"}],"stream":true,"seed":1}""");
        Assert.Equal("anthropic", call.Header("x-lightport-provider"));
        Assert.Equal("seed", call.Header("x-lightport-dropped"));
        Assert.Equal("text/event-stream", call.Header("content-type"));
        Assert.Equal("no-cache", call.Header("cache-control"));
    }

    public void Dispose() => _gateway.Dispose();

    private static string Request(GatewayEndpoint endpoint, string model) =>
        Wires.For(model, endpoint == GatewayEndpoints.Messages ? Wires.Messages : Wires.Chat);

    private async Task<SeenRequest> SendAsync(
        GatewayEndpoint endpoint, string model, Dictionary<string, string> headers)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(model == "claude" ? Wires.MessagesAnswer : Wires.ChatAnswer));
        ClientCall call = await _gateway.SendAsync(endpoint, Request(endpoint, model), headers);
        Assert.Equal(200, call.Status);
        return _gateway.Upstream.Last;
    }
}
