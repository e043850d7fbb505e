using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Gemini's doors, over the whole gateway.</summary>
public sealed class GoogleGeminiDoorTests : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private readonly TestGateway _gateway = new("""
        models:
          m: { targets: [openai/gpt-x], retry: { attempts: 1 } }
          claude: { targets: [anthropic/claude-x], retry: { attempts: 1 } }
          uncounted: { targets: [groq/x], retry: { attempts: 1 } }
        """);

    [Fact]
    public async Task Whole_FromAChatProvider_IsGeminis()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.GenerateAsync();

        Assert.Equal(200, call.Status);
        Assert.Equal(
            """
            {"candidates":[{"content":{"parts":[{"text":"Hello"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"totalTokenCount":12},"modelVersion":"gpt-4o-mini","responseId":"chatcmpl-1"}
            """,
            call.Text);
        Assert.Equal("gpt-x", (string?)JsonNode.Parse(_gateway.Upstream.Last.Body)!["model"]);
    }

    [Fact]
    public async Task Stream_FromAMessagesProvider_IsEvents()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.MessagesEvents));

        ClientCall call = await _gateway.StreamAsync(model: "claude");

        Assert.Equal("text/event-stream", call.Context.Response.ContentType);
        Assert.Equal(
            """
            data: {"candidates":[{"content":{"parts":[{"text":"Hello"}],"role":"model"},"index":0}],"modelVersion":"claude-x","responseId":"msg_1"}

            data: {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":3,"totalTokenCount":12},"modelVersion":"claude-x","responseId":"msg_1"}


            """.ReplaceLineEndings("\r\n"),
            call.Text);
    }

    [Fact]
    public async Task Stream_WithoutAltSse_IsOneArray()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));

        ClientCall call = await _gateway.StreamAsync(query: "");

        Assert.Equal("application/json", call.Context.Response.ContentType);
        JsonObject[] chunks = [.. JsonNode.Parse(call.Text)!.AsArray().Select(chunk => chunk!.AsObject())];
        Assert.Equal(["""{"text":"Hello"}""", """{"text":""}"""], GeminiClient.Parts(chunks));
        Assert.Equal("STOP", (string?)chunks[^1]["candidates"]![0]!["finishReason"]);
        Assert.Equal(12, (int?)chunks[^1]["usageMetadata"]!["totalTokenCount"]);
    }

    [Fact]
    public async Task Array_InSilence_IsKeptAliveByWhiteSpace()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(
            GatewayEndpoints.StreamGenerateContent, GeminiClient.Hello, path: "/v1/models/m:streamGenerateContent");
        await body.Hungry;
        _gateway.Clock.Advance(Silence);
        await call.Body.Receives(" \n");
        body.Tell(Wires.ChatRole).Tell(Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        _gateway.Clock.Advance(Silence);
        await call.Body.Receives("} \n");
        body.Tell(Wires.ChatFinish).Tell(Wires.ChatDone).End();
        await call.Done;

        Assert.Equal(2, JsonNode.Parse(call.Text)!.AsArray().Count);
    }

    [Theory]
    [InlineData("?alt=sse")]
    [InlineData("")]
    public async Task ErrorInTheMiddle_IsTheLastThatIsTold(string query)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatText + Wires.ChatError));

        ClientCall call = await _gateway.StreamAsync(query: query);

        JsonNode last = query.Length > 0
            ? JsonNode.Parse(call.Text.Split("\r\n\r\n")[^1])!
            : JsonNode.Parse(call.Text)!.AsArray()[^1]!;
        Assert.Equal("Told by the provider.", (string?)last["error"]!["message"]);
        Assert.True((int)last["error"]!["code"]! >= 400);
        Assert.True(call.Lifetime.BrokenOff);
    }

    [Theory]
    [InlineData("?alt=sse", "")]
    [InlineData("", "[")]
    public async Task ErrorBehindAKeepAlive_IsInTheStreamsForm(string query, string begin)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(
            GatewayEndpoints.StreamGenerateContent,
            GeminiClient.Hello,
            path: $"/v1/models/m:streamGenerateContent{query}");
        await body.Hungry;
        _gateway.Clock.Advance(Silence);
        await call.Body.Receives("\n");
        body.Tell(Wires.ChatError).End();
        await call.Done;

        Assert.Contains("\n" + begin + """{"error":{"code":""", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StreamThatIsCut_IsAnError()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatText));

        ClientCall call = await _gateway.StreamAsync();

        Assert.DoesNotContain("finishReason", call.Text, StringComparison.Ordinal);
        Assert.EndsWith("]}}\n", call.Text, StringComparison.Ordinal);
        Assert.True(call.Lifetime.BrokenOff);
    }

    [Fact]
    public async Task Refusal_HasGooglesShape()
    {
        ScriptedResponse refused = ScriptedResponse.Error(429);
        refused.Fields["retry-after"] = "7";
        _gateway.Upstream.Answer(refused);

        ClientCall call = await _gateway.GenerateAsync();

        JsonNode error = call.Json["error"]!;
        Assert.Equal(429, (int?)error["code"]);
        Assert.Equal("RESOURCE_EXHAUSTED", (string?)error["status"]);
        Assert.Equal("Told by the provider.", (string?)error["message"]);
        Assert.Equal(
            ["ErrorInfo", "RetryInfo", "RequestInfo"],
            error["details"]!.AsArray().Select(detail => ((string)detail!["@type"]!).Split("google.rpc.")[1]));
        Assert.Equal("7s", (string?)error["details"]![1]!["retryDelay"]);
    }

    [Theory]
    [InlineData("models/openai/gpt-y", "gpt-y")]
    [InlineData("models/openai/accounts/x/models/y:free", "accounts/x/models/y:free")]
    [InlineData("models/openai%2Fgpt-y", "gpt-y")]
    [InlineData("publishers/google/models/openai/gpt-y", "gpt-y")]
    [InlineData("projects/p/locations/global/publishers/google/models/openai/gpt-y", "gpt-y")]
    public async Task Model_IsTheOneOfThePath(string resource, string asked)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.GenerateContent, GeminiClient.Hello, path: $"/v1/{resource}:generateContent");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(asked, (string?)JsonNode.Parse(_gateway.Upstream.Last.Body)!["model"]);
    }

    [Fact]
    public async Task Model_OfATunedOne_KeepsItsCollection()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.GenerateContent, GeminiClient.Hello, path: "/v1/tunedModels/mine:generateContent");

        Assert.Equal((404, "NOT_FOUND"), (call.Status, call.Error("status")));
        Assert.Contains("tunedModels/mine", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"contents":[{"parts":[{"text":"Hello there"}]}]}""")]
    [InlineData("""{"generateContentRequest":{"model":"models/m","contents":[{"parts":[{"text":"Hello there"}]}]}}""")]
    public async Task Count_IsANumber_EstimatedAndMarkedWhereNobodyCanSay(string body)
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.GeminiCountTokens, body, path: "/v1/models/uncounted:countTokens");

        Assert.Equal((200, "true"), (call.Status, call.Header("x-lightport-estimated")));
        Assert.InRange((int)call.Json["totalTokens"]!, 1, 20);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    /// <summary>The conversation is Google's form, the count another's endpoint.</summary>
    [Fact]
    public async Task Count_WhereTheProviderCounts_IsItsOwn()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"input_tokens":2095}"""));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.GeminiCountTokens, GeminiClient.Hello, path: "/v1/models/claude:countTokens");

        Assert.Equal("""{"totalTokens":2095}""", call.Text);
        Assert.Null(call.Header("x-lightport-estimated"));
        Assert.EndsWith("/messages/count_tokens", _gateway.Upstream.Last.Address.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>Google counts a whole request, for its own clients and for others'.</summary>
    [Fact]
    public async Task Count_OfGooglesModels_IsAskedOfGoogle()
    {
        using var gateway = new TestGateway(
            "models: { g: [google/gemini-x] }", providers: "  google: { key: GROQ_API_KEY }\n\n");
        const string Counted = """{"totalTokens":31,"promptTokensDetails":[]}""";
        gateway.Upstream.Answer(ScriptedResponse.Json(Counted)).Answer(ScriptedResponse.Json(Counted));

        ClientCall own = await gateway.SendAsync(
            GatewayEndpoints.GeminiCountTokens,
            """{"systemInstruction":{"parts":[{"text":"Be brief."}]},"contents":[{"parts":[{"text":"hi"}]}]}""",
            path: "/v1/models/g:countTokens");
        SeenRequest seen = gateway.Upstream.Last;
        ClientCall other = await gateway.SendAsync(
            GatewayEndpoints.CountTokens, """{"model":"g","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal("""{"totalTokens":31}""", own.Text);
        Assert.EndsWith("/v1beta/models/gemini-x:countTokens", seen.Address.AbsolutePath, StringComparison.Ordinal);
        JsonNode asked = JsonNode.Parse(seen.Body)!["generateContentRequest"]!;
        Assert.Equal("models/gemini-x", (string?)asked["model"]);
        Assert.Equal("hi", (string?)asked["contents"]![0]!["parts"]![0]!["text"]);
        Assert.Contains("Be brief.", asked.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("""{"input_tokens":31}""", other.Text);
    }

    [Theory]
    [InlineData("generateContent")]
    [InlineData("countTokens")]
    public async Task Request_WithoutContents_IsRefusedAtOnce(string verb)
    {
        GatewayEndpoint door = GatewayEndpoints.All.Single(one => one.Path == $"/v1/{{model}}:{verb}");

        ClientCall call = await _gateway.SendAsync(door, "{}", path: $"/v1/models/m:{verb}");

        Assert.Equal((400, "INVALID_ARGUMENT"), (call.Status, call.Error("status")));
        Assert.Contains("'contents'", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?key=anything&pageSize=5")]
    public async Task ModelList_IsGeminis(string query)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ModelsBeta, path: $"/v1beta/models{query}");

        JsonNode first = call.Json["models"]![0]!;
        Assert.StartsWith("models/", (string?)first["name"], StringComparison.Ordinal);
        Assert.Contains("generateContent", first["supportedGenerationMethods"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_ThatIsThere_IsGeminis()
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ModelBeta, path: "/v1beta/models/claude");

        Assert.Equal("models/claude", (string?)call.Json["name"]);
    }

    public void Dispose() => _gateway.Dispose();
}
