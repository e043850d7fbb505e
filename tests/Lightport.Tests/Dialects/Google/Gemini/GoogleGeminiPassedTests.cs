using System.Text;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Between a client and a provider that both speak generateContent the bytes go.</summary>
public sealed class GoogleGeminiPassedTests : IDisposable
{
    private const string First = """data: {"candidates": [{"content": {"parts": [{"text": "he"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 5},"responseId": "r1","unknown": [1]}""" + "\r\n\r\n";
    private const string Last = """data: {"candidates": [{"content": {"parts": [{"text": "llo"}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 5,"candidatesTokenCount": 2,"thoughtsTokenCount": 3,"totalTokenCount": 10}}""" + "\r\n\r\n";

    private const string Envelope = "lp2.anthropic-claude-v1.s.YQ.bQ.c2ln";

    private readonly TestGateway _gateway = new(
        """
        models:
          m: { targets: [google/gemini-3-flash-preview], retry: { attempts: 1 } }
          old: { targets: [google/gemini-2.5-flash], retry: { attempts: 1 } }
        """,
        providers: "  google: {}\n");

    [Fact]
    public async Task Whole_InItsOwnDialect_Passes()
    {
        const string Body = """{ "contents":[{"parts":[{"text":"hi"}]}], "safetySettings":[{"category":"X"}], "unknown":{"kept":[1]} }""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(GeminiGateway.Answer));

        ClientCall call = await _gateway.GenerateAsync(Body);

        Assert.Equal(GeminiGateway.Answer, call.Text);
        Assert.Equal(Body, _gateway.Upstream.Last.Body);
        Assert.Equal(
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:generateContent",
            _gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.Equal(("r1", 7L), (_gateway.Record.ResponseId, _gateway.Record.Usage!.Total));
    }

    [Fact]
    public async Task Stream_OfEvents_PassesByteForByte()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(First + Last));

        ClientCall call = await _gateway.StreamAsync();

        Assert.Equal(First + Last, call.Text);
        Assert.Equal(
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:streamGenerateContent?alt=sse",
            _gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.Equal((5L, 5L, 3L), (_gateway.Record.Usage!.Prompt, _gateway.Record.Usage.Completion, _gateway.Record.Usage.Reasoning));
    }

    [Fact]
    public async Task Stream_ForAClientThatWantsAnArray_IsOne()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(First + Last));

        ClientCall call = await _gateway.StreamAsync(query: "");

        Assert.Equal($"[{First[6..^4]},\r\n{Last[6..^4]}]", call.Text);
    }

    /// <summary>A server that does not know <c>alt=sse</c>.</summary>
    [Fact]
    public async Task Stream_OfAProviderThatAnswersInAnArray_IsEvents()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json($"[{First[6..^4]}\n,\n{Last[6..^4]}]"));

        ClientCall call = await _gateway.StreamAsync();

        Assert.Equal(
            "hello", string.Concat(GeminiClient.Parts(GeminiClient.Chunks(call.Text))
                .Select(part => (string?)System.Text.Json.Nodes.JsonNode.Parse(part)!["text"])));
    }

    [Fact]
    public async Task Error_InTheStream_EndsItInGooglesWay()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            First + "{\n  \"error\": {\n    \"code\": 503,\n    \"message\": \"Overloaded.\",\n    \"status\": \"UNAVAILABLE\"\n  }\n}\n"));

        ClientCall call = await _gateway.StreamAsync();

        Assert.StartsWith(First, call.Text, StringComparison.Ordinal);
        Assert.Contains("\"message\":\"Overloaded.\",\"status\":\"UNAVAILABLE\"", call.Text[First.Length..], StringComparison.Ordinal);
        Assert.True(_gateway.Record.Usage is { Estimated: true, Prompt: 5 });
    }

    [Fact]
    public async Task Stream_CutOff_EndsInAnError()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(First));

        ClientCall call = await _gateway.StreamAsync();

        Assert.Contains("ended before the answer was complete", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"message":"Overloaded.","status":"UNAVAILABLE"}}""", 503)]
    [InlineData("""{"nothing":true}""", 502)]
    [InlineData("nonsense", 502)]
    public async Task Whole_ThatIsNoAnswer_IsAnError(string body, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(body));

        Assert.Equal(status, (await _gateway.GenerateAsync()).Status);
    }

    [Theory]
    [InlineData("m", "{\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"name\":\"g\"}}", "{\"thoughtSignature\":\"skip_thought_signature_validator\",\"functionCall\":{\"name\":\"f\"}},{\"functionCall\":{\"name\":\"g\"}}", true)]
    [InlineData("m", "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"c2ln\"}", "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"c2ln\"}", false)]
    [InlineData("m", "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"MARKED\"}", "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"skip_thought_signature_validator\"}", true)]
    [InlineData("old", "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"MARKED\"}", "{\"functionCall\":{\"name\":\"f\"}}", false)]
    [InlineData("old", "{\"functionCall\":{\"name\":\"f\"}}", "{\"functionCall\":{\"name\":\"f\"}}", false)]
    [InlineData("old", "{\"thoughtSignature\":\"MARKED\",\"text\":\"a\"}", "{\"text\":\"a\"}", false)]
    public async Task History_OfAnotherVendor_GoesInOrder(string model, string parts, string expected, bool told)
    {
        string marked = Convert.ToBase64String(Encoding.UTF8.GetBytes(Envelope));
        _gateway.Upstream.Answer(ScriptedResponse.Json(GeminiGateway.Answer));

        ClientCall call = await _gateway.GenerateAsync(Body(parts.Replace("MARKED", marked, StringComparison.Ordinal)), model);

        Assert.Equal(Body(expected), _gateway.Upstream.Last.Body);
        Assert.Equal(told ? "thought_signature" : null, call.Header("x-lightport-dropped"));

        static string Body(string parts) => $$"""
            {"contents":[{"role":"user","parts":[{"text":"hi"}]},{"role":"model","parts":[{{parts}}]},
             {"role":"user","parts":[{"functionResponse":{"name":"f","response":{} } }]}],"x":1}
            """;
    }

    /// <summary>Chat's compatible endpoint has neither signatures in a field that clients keep, nor pictures, nor sources.</summary>
    [Fact]
    public async Task ChatClient_OfAGeminiModel_IsToldNatively()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(GeminiGateway.Answer));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, """{"model":"m","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal("hello", (string?)call.Json["choices"]![0]!["message"]!["content"]);
        Assert.EndsWith(":generateContent", _gateway.Upstream.Last.Address.AbsolutePath, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
