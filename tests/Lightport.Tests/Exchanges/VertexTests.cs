using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>Vertex AI: by a model's prefix one of its endpoints, each with an address and a wire of its own.</summary>
public sealed class VertexTests : IDisposable
{
    private const string Project = "/projects/contoso/locations/europe-west4";

    private const string GeminiAnswer = """
        {"candidates":[{"content":{"role":"model","parts":[{"text":"Hello"}]},"finishReason":"STOP"}],
        "usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"totalTokenCount":12},"modelVersion":"g"}
        """;

    private readonly TestGateway _gateway = new(
        "direct: on",
        providers: """
              vertex-ai: { project: contoso, location: europe-west4 }
              world: { use: vertex-ai, project: contoso, location: global }
              express: { use: vertex-ai-express, key: CLOUD_KEY }
              proxied: { use: vertex-ai, project: contoso, location: global, base-url: "http://127.0.0.1:1/g" }


            """);

    public VertexTests() => _gateway.Secrets.Values["VERTEX_AI_CREDENTIALS"] = "ya29.token";

    [Theory]
    [InlineData("google/gemini-2.5-pro", "/publishers/google/models/gemini-2.5-pro:generateContent")]
    [InlineData("gemini-2.5-pro", "/publishers/google/models/gemini-2.5-pro:generateContent")]
    public async Task Gemini_IsAskedForInItsOwnDialect(string model, string path)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(GeminiAnswer));

        ClientCall call = await SendAsync(GatewayEndpoints.ChatCompletions, $"vertex-ai/{model}", Wires.Chat);

        Assert.Equal("Hello", (string?)call.Json["choices"]![0]!["message"]!["content"]);
        AssertAsked("/v1" + Project + path);
        Assert.False(_gateway.Upstream.Last.Json.ContainsKey("model"));
    }

    [Fact]
    public async Task Gemini_Streamed_HasAnAddressOfItsOwn()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            $"data: {JsonNode.Parse(GeminiAnswer)!.ToJsonString()}\r\n\r\n"));

        ClientCall call = await SendAsync(
            GatewayEndpoints.ChatCompletions, "vertex-ai/google/gemini-2.5-pro", Wires.ChatStream);

        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Equal("?alt=sse", _gateway.Upstream.Last.Address.Query);
        AssertAsked("/v1" + Project + "/publishers/google/models/gemini-2.5-pro:streamGenerateContent");
    }

    [Theory]
    [InlineData("anthropic/claude-sonnet-4-5@20250929")]
    [InlineData("claude-sonnet-4-5@20250929")]
    public async Task Claude_OfAMessagesClient_Passes(string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await SendAsync(GatewayEndpoints.Messages, $"vertex-ai/{model}", Wires.Messages);

        Assert.Equal(Wires.MessagesAnswer, call.Text);
        AssertAsked("/v1" + Project + "/publishers/anthropic/models/claude-sonnet-4-5@20250929:rawPredict");
        Assert.Equal(
            """{"max_tokens":64,"messages":[{"role":"user","content":"hi"}],"anthropic_version":"vertex-2023-10-16"}""",
            _gateway.Upstream.Last.Body);
        Assert.Null(_gateway.Upstream.Last.Header("anthropic-version"));
    }

    [Fact]
    public async Task Claude_Streamed_SaysSoInItsBodyToo()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.MessagesEvents));

        ClientCall call = await SendAsync(
            GatewayEndpoints.ChatCompletions, "vertex-ai/anthropic/claude-x", Wires.ChatStream);

        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        AssertAsked("/v1" + Project + "/publishers/anthropic/models/claude-x:streamRawPredict");
        Assert.True((bool)_gateway.Upstream.Last.Json["stream"]!);
        Assert.Equal("vertex-2023-10-16", (string?)_gateway.Upstream.Last.Json["anthropic_version"]);
    }

    /// <summary>Claude Code's betas: those that Vertex knows, by its names, in their header.</summary>
    [Fact]
    public async Task Claude_OfAClientWithBetas_HearsThoseThatItKnows()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await SendAsync(
            GatewayEndpoints.Messages,
            "vertex-ai/claude-x",
            Wires.Messages,
            ("anthropic-beta",
                "claude-code-20250219,advanced-tool-use-2025-11-20,tool-examples-2025-10-29,of-tomorrow-2030-01-01"));

        Assert.Equal(
            "claude-code-20250219,tool-search-tool-2025-10-19,tool-examples-2025-10-29",
            _gateway.Upstream.Last.Header("anthropic-beta"));
        Assert.Equal("anthropic-beta", call.Header("x-lightport-dropped"));
    }

    /// <summary>Anthropic itself wants no beta for it any more.</summary>
    [Fact]
    public async Task Claude_OfAClientThatDefersTools_IsAskedByTheBetaOfIt()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        await SendAsync(
            GatewayEndpoints.Messages,
            "vertex-ai/claude-x",
            Wires.Messages.Replace(
                "\"max_tokens\":64,",
                "\"max_tokens\":64,\"tools\":[{\"name\":\"a\",\"defer_loading\":true}],",
                StringComparison.Ordinal),
            ("anthropic-beta", "claude-code-20250219"));

        Assert.Equal(
            "claude-code-20250219,tool-search-tool-2025-10-19", _gateway.Upstream.Last.Header("anthropic-beta"));
        Assert.False(_gateway.Upstream.Last.Json.ContainsKey("anthropic_beta"));
    }

    /// <summary>https://docs.cloud.google.com/vertex-ai/generative-ai/docs/partner-models/claude/count-tokens</summary>
    [Fact]
    public async Task Claude_CountsTokensAtOneAddressForAllModels()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"input_tokens":14}"""));

        ClientCall call = await SendAsync(
            GatewayEndpoints.CountTokens,
            "vertex-ai/anthropic/claude-x",
            Wires.Messages.Replace("\"max_tokens\":64,", "", StringComparison.Ordinal));

        Assert.Equal(14, (int)call.Json["input_tokens"]!);
        AssertAsked("/v1" + Project + "/publishers/anthropic/models/count-tokens:rawPredict");
        Assert.Equal(
            """{"model":"claude-x","messages":[{"role":"user","content":"hi"}],"anthropic_version":"vertex-2023-10-16"}""",
            _gateway.Upstream.Last.Body);
    }

    /// <summary>https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens</summary>
    [Fact]
    public async Task Gemini_CountsTokensWithoutWhatItsEndpointDoesNotKnow()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"totalTokens":14,"totalBillableCharacters":30}"""));

        ClientCall call = await SendAsync(
            GatewayEndpoints.CountTokens,
            "vertex-ai/google/gemini-2.5-flash",
            """{"model":"m","messages":[{"role":"user","content":"hi"}],"tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"}}""");

        Assert.Equal(14, (int)call.Json["input_tokens"]!);
        Assert.Null(call.Header("x-lightport-estimated"));
        AssertAsked("/v1" + Project + "/publishers/google/models/gemini-2.5-flash:countTokens");
        Assert.Equal(
            ["contents", "tools", "generationConfig"], _gateway.Upstream.Last.Json.Select(field => field.Key));
    }

    [Fact]
    public async Task Claude_Refused_KeepsGooglesWords()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            """{"error":{"code":400,"message":"Told by Google.","status":"FAILED_PRECONDITION"}}""", 400));

        ClientCall call = await SendAsync(GatewayEndpoints.Messages, "vertex-ai/claude-x", Wires.Messages);

        Assert.Equal((400, "Told by Google."), (call.Status, call.Error("message")));
    }

    [Theory]
    [InlineData("meta/llama-3.3-70b-instruct-maas", "/endpoints/openapi/chat/completions", "meta/llama-3.3-70b-instruct-maas")]
    [InlineData("endpoints/4711", "/endpoints/4711/chat/completions", "4711")]
    [InlineData("mistralai/mistral-small-2503", "/publishers/mistralai/models/mistral-small-2503:rawPredict", "mistral-small-2503")]
    public async Task OpenModels_AreAskedForOnChatsWire(string model, string path, string told)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(GatewayEndpoints.ChatCompletions, $"vertex-ai/{model}", Wires.Chat);

        Assert.Equal(200, call.Status);
        AssertAsked("/v1" + Project + path);
        Assert.Equal(told, (string?)_gateway.Upstream.Last.Json["model"]);
        Assert.Equal(model, call.Header("x-lightport-model"));
    }

    [Fact]
    public async Task Mistral_HearsItsOwnNames()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await SendAsync(
            GatewayEndpoints.ChatCompletions,
            "vertex-ai/mistralai/mistral-small-2503",
            """{"model":"m","messages":[{"role":"user","content":"hi"}],"seed":7}""");

        Assert.Equal(7, (int)_gateway.Upstream.Last.Json["random_seed"]!);
    }

    [Fact]
    public async Task Model_OfNoKnownPublisher_IsRefused()
    {
        ClientCall call = await SendAsync(GatewayEndpoints.ChatCompletions, "vertex-ai/nobody/x", Wires.Chat);

        Assert.Equal((400, "unsupported_endpoint"), (call.Status, call.Error("code")));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("world", "https://aiplatform.googleapis.com/v1/projects/contoso/locations/global/")]
    [InlineData("proxied", "http://127.0.0.1:1/g/v1/projects/contoso/locations/global/")]
    [InlineData("express", "https://aiplatform.googleapis.com/v1/")]
    public async Task Place_IsThatOfItsProvider(string provider, string begin)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(GeminiAnswer));

        await SendAsync(GatewayEndpoints.ChatCompletions, $"{provider}/gemini-2.5-pro", Wires.Chat);

        Assert.Equal(
            begin + "publishers/google/models/gemini-2.5-pro:generateContent",
            _gateway.Upstream.Last.Address.AbsoluteUri);
    }

    [Fact]
    public async Task Express_IsShownAKeyOfItsOwn()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(GeminiAnswer));

        await SendAsync(GatewayEndpoints.ChatCompletions, "express/gemini-2.5-pro", Wires.Chat);

        Assert.Equal("value-of-CLOUD_KEY", _gateway.Upstream.Last.Header("x-goog-api-key"));
        Assert.Null(_gateway.Upstream.Last.Header("authorization"));
    }

    public void Dispose() => _gateway.Dispose();

    private void AssertAsked(string path)
    {
        Assert.Equal("europe-west4-aiplatform.googleapis.com", _gateway.Upstream.Last.Address.Host);
        Assert.Equal(path, _gateway.Upstream.Last.Address.AbsolutePath);
        Assert.Equal("Bearer ya29.token", _gateway.Upstream.Last.Header("authorization"));
    }

    private Task<ClientCall> SendAsync(
        GatewayEndpoint door, string model, string body, params (string Name, string Value)[] headers) =>
        _gateway.SendAsync(
            door,
            Wires.For(model, body),
            headers.Append(("x-lightport-no-retry", "true")).ToDictionary(header => header.Item1, header => header.Item2));
}
