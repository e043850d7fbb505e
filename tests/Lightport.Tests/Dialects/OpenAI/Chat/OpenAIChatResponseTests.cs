using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatResponseTests
{
    [Fact]
    public void Decode_EveryPart_IsRead()
    {
        ChatResponse response = ChatWire.DecodeResponse("""
            {"id":"c1","object":"chat.completion","created":5,"model":"m","service_tier":"default","choices":[{"index":0,
              "message":{"role":"assistant","content":"see","refusal":"no","reasoning":"hm",
                "annotations":[{"type":"url_citation","url_citation":{"url":"https://u","title":"t","start_index":0,"end_index":3}}],
                "audio":{"id":"a1","data":"AAAA","transcript":"hi","expires_at":1},
                "tool_calls":[{"id":"x","type":"custom","custom":{"name":"g","input":"free"}}]},
              "logprobs":{"content":[{"token":"see","logprob":-1}]},"finish_reason":"tool_calls"}]}
            """);

        Assert.Equal(("c1", "m", 5L, "default"), (response.Id, response.Model, response.Created, response.ServiceTier));
        ChatChoice choice = Assert.Single(response.Choices);
        Assert.Equal(new ReasoningPart("hm"), choice.Parts[0]);
        Citation citation = Assert.Single(Assert.IsType<TextPart>(choice.Parts[1]).Citations);
        Assert.Equal(("https://u", "t", 0, 3), (citation.Sources[0].Url, citation.Sources[0].Title, citation.StartIndex, citation.EndIndex));
        Assert.Equal(new RefusalPart("no"), choice.Parts[2]);
        Assert.Equal(("a1", "hi"), (((AudioPart)choice.Parts[3]).Id, ((AudioPart)choice.Parts[3]).Transcript));
        Assert.Equal(new ToolCallPart("x", "g", "free") { Kind = ToolKind.Custom }, choice.Parts[4]);
        Assert.Equal(new Finish(FinishReason.ToolCalls), choice.Finish);
        Assert.Equal("see", Assert.Single(choice.Logprobs!.Content!).Token);
    }

    [Theory]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,"prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":2,"audio_tokens":1},"completion_tokens_details":{"reasoning_tokens":3,"audio_tokens":2}}""", 3, 4, 2, 1, 2, 3, 2)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":7,"prompt_cache_hit_tokens":6,"prompt_cache_miss_tokens":4}""", 4, 6, 0, 0, 7, 0, 0)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":7,"total_tokens":22,"completion_tokens_details":{"reasoning_tokens":5}}""", 10, 0, 0, 0, 7, 5, 0)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":7,"total_tokens":17,"num_cached_tokens":3,"cost":0.1,"prompt_tokens_details":null}""", 7, 3, 0, 0, 7, 0, 0)]
    public void Decode_Usage_ClassesDoNotOverlap(
        string usage, long input, long cached, long written, long audio, long output, long reasoning, long outputAudio)
    {
        TokenUsage? read = ChatWire.DecodeResponse($$"""{"choices":[{}],"usage":{{usage}}}""").Usage;

        Assert.Equal(
            new TokenUsage
            {
                Input = input, CacheRead = cached, CacheWrite = written, InputAudio = audio,
                Output = output, Reasoning = reasoning, OutputAudio = outputAudio,
            },
            read);
    }

    [Theory]
    [InlineData("stop", FinishReason.Stop, null)]
    [InlineData("max_tokens", FinishReason.Length, "max_tokens")]
    [InlineData("SAFETY", FinishReason.ContentFilter, "SAFETY")]
    [InlineData("function_call", FinishReason.ToolCalls, "function_call")]
    [InlineData("eos", FinishReason.Stop, "eos")]
    [InlineData("novel", FinishReason.Stop, "novel")]
    public void Decode_FinishReason_IsTheNearestAndKeepsItsOwn(string word, FinishReason reason, string? native)
    {
        ChatResponse response = ChatWire.DecodeResponse(
            $$"""{"choices":[{"message":{"content":"x"},"finish_reason":"{{word}}"}]}""");

        Assert.Equal(new Finish(reason, native), response.Choices[0].Finish);
    }

    [Theory]
    [InlineData("""{"error":{"message":"limit","code":400}}""", 400, "limit")]
    [InlineData("""{"choices":[{"message":{"content":"x"},"finish_reason":"error"}]}""", 502, "The provider broke off its answer (finish_reason: error).")]
    [InlineData("[]", 502, "The provider's answer is not a JSON object.")]
    [InlineData("oops", 502, "The provider's answer is not valid JSON.")]
    [InlineData("{}", 502, "The provider's answer has no choices.")]
    [InlineData("""{"choices":[]}""", 502, "The provider's answer has no choices.")]
    public void Decode_NoAnswer_Fails(string body, int status, string message)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => ChatWire.DecodeResponse(body)).Error;

        Assert.Equal((status, message), (error.Status, error.Message));
    }

    [Fact]
    public void Decode_PerplexitySources_AreCitationsOfTheText()
    {
        ChatResponse response = ChatWire.DecodeResponse("""
            {"choices":[{"message":{"content":"x"}}],"citations":["https://a"],"search_results":[{"title":"A","url":"https://a"}]}
            """);

        Assert.Equal(
            new CitationSource { Url = "https://a", Title = "A" },
            Assert.Single(Assert.Single(Assert.IsType<TextPart>(response.Choices[0].Parts[0]).Citations).Sources));
    }

    [Fact]
    public void Encode_ReasoningNotWanted_KeepsItsStateOnly()
    {
        ContentPart[] parts =
        [
            new ReasoningPart("secret") { State = new OpaqueState(StateFormats.Anthropic, "sig") },
            new ReasoningPart("secret too"),
            new TextPart("a"),
        ];
        var answer = new ChatResponse { Choices = [new ChatChoice(0, parts, new Finish(FinishReason.Stop))] };

        string body = ChatWire.EncodeResponse(answer, ChatWire.Context() with { OmitReasoning = true });

        Assert.DoesNotContain("secret", body, StringComparison.Ordinal);
        Assert.Contains(
            """
            "reasoning_details":[{"type":"reasoning.text","text":"","signature":"sig","format":"anthropic-claude-v1","index":0}]
            """,
            body,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_AnotherDialectsAnswer_HasIdsReasoningAndDetails()
    {
        string body = ChatWire.EncodeResponse(new ChatResponse
        {
            Choices =
            [
                new ChatChoice(
                    0,
                    [
                        new ReasoningPart("hm") { State = new OpaqueState(StateFormats.Anthropic, "sig") },
                        new TextPart("a"),
                        new TextPart("b"),
                        new ToolCallPart("c", "f", "{}"),
                    ],
                    new Finish(FinishReason.ToolCalls, "tool_use")),
            ],
        });

        Assert.Equal(
            """
            {"id":"chatcmpl-req1","object":"chat.completion","created":1700000000,"model":"route-model","choices":[
            {"index":0,"message":{"role":"assistant","content":"ab","refusal":null,"reasoning_content":"hm",
            "reasoning_details":[
            {"type":"reasoning.text","text":"hm","signature":"sig","format":"anthropic-claude-v1","index":0}],
            "tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
            "logprobs":null,"finish_reason":"tool_calls","native_finish_reason":"tool_use"}]}
            """.Replace("\n", "", StringComparison.Ordinal),
            body);
    }

    [Theory]
    [InlineData(ErrorKind.Authentication, null, null, "invalid_request_error", "invalid_api_key")]
    [InlineData(ErrorKind.RateLimit, null, null, "rate_limit_error", "rate_limit_exceeded")]
    [InlineData(ErrorKind.ContextLength, null, null, "invalid_request_error", "context_length_exceeded")]
    [InlineData(ErrorKind.Upstream, "overloaded_error", "busy", "overloaded_error", "busy")]
    public void EncodeError_Kind_HasOpenAIsWordsUnlessTheProviderGaveItsOwn(
        ErrorKind kind, string? type, string? code, string expectedType, string expectedCode)
    {
        var output = new ArrayBufferWriter<byte>();

        ChatWire.Dialect.EncodeError(
            new GatewayError(ErrorStage.Upstream, kind, 500, "m") { Type = type, Code = code, Param = "p" }, "req1", output);

        Assert.Equal(
            $$$"""{"error":{"message":"m","type":"{{{expectedType}}}","param":"p","code":"{{{expectedCode}}}"}}""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    /// <summary>One gateway may stand behind another: what it says must be understood as it was meant.</summary>
    [Theory]
    [InlineData(ErrorKind.RequestTooLarge, 413)]
    [InlineData(ErrorKind.Authentication, 401)]
    [InlineData(ErrorKind.Permission, 403)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.MethodNotAllowed, 405)]
    [InlineData(ErrorKind.UnsupportedMediaType, 415)]
    [InlineData(ErrorKind.RateLimit, 429)]
    [InlineData(ErrorKind.QuotaExceeded, 429)]
    [InlineData(ErrorKind.ContextLength, 400)]
    [InlineData(ErrorKind.ContentFilter, 400)]
    [InlineData(ErrorKind.Overloaded, 503)]
    [InlineData(ErrorKind.Timeout, 504)]
    [InlineData(ErrorKind.Upstream, 502)]
    public void ReadError_OurOwnWordsInsideASuccess_MeanWhatTheyMeant(ErrorKind kind, int status)
    {
        var output = new ArrayBufferWriter<byte>();
        ChatWire.Dialect.EncodeError(new GatewayError(ErrorStage.Upstream, kind, 500, "m"), "req1", output);
        GatewayError read = Lightport.Dialects.OpenAI.Chat.OpenAIChatErrorReader.InsideSuccess(
            output.WrittenSpan, ErrorStage.Stream);
        Assert.Equal((kind, status), (read.Kind, read.Status));
    }

    [SharedFact("recorded")]
    public void ReadError_RecordedErrors_AllHaveTheProvidersWords()
    {
        foreach (RecordedExchange exchange in Recorded.Of("openai-chat").Where(exchange => exchange.Status >= 400))
        {
            GatewayError error = OpenAIChatErrorReader.Read(exchange.Status, Encoding.UTF8.GetBytes(exchange.Response));
            Assert.Equal(exchange.Status, error.Status);
            Assert.DoesNotContain("no error object", error.Message, StringComparison.Ordinal);
        }
    }
}
