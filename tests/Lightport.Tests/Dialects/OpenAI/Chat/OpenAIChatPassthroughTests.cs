using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Dialects.OpenAI.Embeddings;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatPassthroughTests
{
    [Theory]
    [InlineData("""{"model":"m","stream":true}""", true, false, true, """{"model":"m","stream":true,"stream_options":{"include_usage":true}}""")]
    [InlineData("""{"stream_options":{"include_obfuscation":false,"include_usage":false},"x":1}""", true, false, true, """{"stream_options":{"include_obfuscation":false,"include_usage":true},"x":1}""")]
    [InlineData("""{"stream":true}""", true, true, true, """{"stream":true}""")]
    [InlineData("""{"stream":true}""", true, false, false, """{"stream":true}""")]
    [InlineData("""{"stream":false}""", false, false, true, """{"stream":false}""")]
    public void PatchRequest_Stream_AsksForUsage(string body, bool stream, bool asked, bool can, string expected)
    {
        JsonEnvelope envelope = JsonEnvelope.Read(Encoding.UTF8.GetBytes(body));
        var patch = new BodyPatch(envelope);

        OpenAIChatPassed.AskForUsage(
            envelope,
            new OpenAIChatPassing { Stream = stream, IncludeUsage = asked, CanIncludeUsage = can, Response = ChatWire.Context() },
            patch);

        Assert.Equal(expected, Encoding.UTF8.GetString(patch.Apply().ToArray()));
    }

    [Fact]
    public void ReadBody_LawfulAnswer_IsNotTouched()
    {
        byte[] body = Encoding.UTF8.GetBytes(
            """{ "id":"c1","object":"chat.completion","created":5,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"x","vendor":1},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""");

        PassthroughBody read = Read(body);

        Assert.True(read.Body.Equals(body.AsMemory()));
        Assert.Equal(("c1", "m", FinishReason.Stop, 5L), (read.Id, read.Model, read.Finish, read.Usage!.Total));
    }

    [Fact]
    public void ReadBody_LooseAnswer_IsMended()
    {
        PassthroughBody read = Read(
            """{"choices":[{"message":{"role":"assistant","content":null,"tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":1}}},{"id":"b","type":"function","function":{"name":"g"}}]}}]}"""u8.ToArray());

        ChatResponse response = ChatWire.DecodeResponse(Encoding.UTF8.GetString(read.Body.Span));
        Assert.Equal(("chatcmpl-req1", "route-model", 1700000000L), (response.Id, response.Model, response.Created));
        Assert.Equal([new ToolCallPart("a", "f", "{\"x\":1}"), new ToolCallPart("b", "g", "{}")], response.Choices[0].Parts);
        Assert.Contains("\"finish_reason\":\"tool_calls\"", Encoding.UTF8.GetString(read.Body.Span), StringComparison.Ordinal);
        Assert.Equal(FinishReason.ToolCalls, read.Finish);
    }

    [Theory]
    [InlineData("""{"error":{"message":"filtered","code":"content_filter","status":400}}""", 400, ErrorKind.ContentFilter, "filtered")]
    [InlineData("""{"error":"boom"}""", 502, ErrorKind.Upstream, "boom")]
    [InlineData("""{"detail":"gone"}""", 502, ErrorKind.Upstream, "The provider's answer has no choices.")]
    [InlineData("<html>", 502, ErrorKind.Upstream, "The provider's answer is not valid JSON.")]
    public void ReadBody_ErrorInsideSuccess_IsAnError(string body, int status, ErrorKind kind, string message)
    {
        GatewayError? error = Read(Encoding.UTF8.GetBytes(body)).Error;

        Assert.Equal((status, kind, message), (error!.Status, error.Kind, error.Message));
    }

    [Theory]
    [InlineData(401, """{"error":{"message":"Incorrect key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""", ErrorKind.Authentication, "Incorrect key")]
    [InlineData(401, """{"detail":"Invalid API Key"}""", ErrorKind.Authentication, "Invalid API Key")]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8 tokens.","code":"context_length_exceeded"}}""", ErrorKind.ContextLength, "This model's maximum context length is 8 tokens.")]
    [InlineData(400, """{"error":{"message":"prompt too long; exceeded max context length"}}""", ErrorKind.ContextLength, "prompt too long; exceeded max context length")]
    [InlineData(400, """{"error":{"message":"f","code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}""", ErrorKind.ContentFilter, "f")]
    [InlineData(429, """{"error":{"message":"q","type":"insufficient_quota","code":"insufficient_quota"}}""", ErrorKind.QuotaExceeded, "q")]
    [InlineData(429, """{"error":{"code":429,"message":"Provider returned error","metadata":{"raw":"slow down"}}}""", ErrorKind.RateLimit, "Provider returned error: slow down")]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"no"}}""", ErrorKind.NotFound, "no")]
    [InlineData(422, """{"detail":[{"loc":["body","messages",0],"msg":"field required","type":"x"}]}""", ErrorKind.InvalidRequest, "body.messages.0: field required")]
    [InlineData(400, """{"message":"plain"}""", ErrorKind.InvalidRequest, "plain")]
    [InlineData(413, "", ErrorKind.RequestTooLarge, "The provider answered with status 413 and no error object.")]
    [InlineData(503, "<html><body>secret page</body></html>", ErrorKind.Overloaded, "The provider answered with status 503 and no error object.")]
    [InlineData(529, "{", ErrorKind.Overloaded, "The provider answered with status 529 and no error object.")]
    [InlineData(504, "null", ErrorKind.Timeout, "The provider answered with status 504 and no error object.")]
    public void ReadError_EveryShape_SaysKindAndMessage(int status, string body, ErrorKind kind, string message)
    {
        GatewayError error = OpenAIChatErrorReader.Read(status, Encoding.UTF8.GetBytes(body));

        Assert.Equal((status, kind, message), (error.Status, error.Kind, error.Message));
        Assert.Equal(status is 408 or 429 or >= 500, error.Retryable);
    }

    [SharedFact("recorded")]
    public void ReadBody_RecordedAnswers_DecodeAsTheyDidBefore()
    {
        foreach (RecordedExchange exchange in Recorded.Of("openai-chat").Where(e => e is { Status: > 0 and < 400, Framing: "json" }))
        {
            PassthroughBody read = Read(Encoding.UTF8.GetBytes(exchange.Response));
            if (read.Error is null)
            {
                ChatResponse mended = ChatWire.DecodeResponse(Encoding.UTF8.GetString(read.Body.Span));
                ChatResponse direct = ChatWire.DecodeResponse(exchange.Response);
                Assert.Equal(
                    ChatWire.EncodeResponse(direct with { Id = mended.Id, Created = mended.Created, Model = mended.Model }),
                    ChatWire.EncodeResponse(mended));
                Assert.Equal(direct.Usage, read.Usage);
            }
        }
    }

    [Fact]
    public void Completions_Body_IsReadAndMended()
    {
        PassthroughBody read = OpenAIChatBodyReader.Read(
            """{"choices":[{"text":"joke","log_probs":null}],"model":"palmyra-x4"}"""u8.ToArray(),
            Options(),
            OpenAIChatAnswerShape.Completions);

        Assert.Equal(
            """{"id":"cmpl-req1","object":"text_completion","created":1700000000,"choices":[{"index":0,"finish_reason":"stop","text":"joke","log_probs":null}],"model":"palmyra-x4"}""",
            Encoding.UTF8.GetString(read.Body.Span));
    }

    [Fact]
    public void Embeddings_Body_PassesUntouchedWithItsUsage()
    {
        byte[] body = """{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AAAA"}],"model":"e","usage":{"prompt_tokens":8,"total_tokens":8}}"""u8.ToArray();

        var relay = new OpenAIEmbeddingsRelay(promptTokens: 0);
        using var output = new PooledBuffer();

        Assert.True(relay.Take(body, output).Equals(body.AsMemory()));
        Assert.Equal((8L, "e"), (relay.Usage!.Input, relay.ResponseModel));
    }

    private static PassthroughBody Read(ReadOnlyMemory<byte> body) =>
        OpenAIChatBodyReader.Read(body, Options(), OpenAIChatAnswerShape.Chat);

    private static OpenAIChatPassing Options() => new() { Response = ChatWire.Context() };
}
