using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Dialects.Passthrough;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.OpenAI.Completions;

public sealed class OpenAICompletionsDialectTests
{
    [Theory]
    [InlineData("\"Say hi\"")]
    [InlineData("[\"Say hi\"]")]
    public void Decode_OnePrompt_IsOneUserTurn(string prompt)
    {
        ChatRequest request = Decode($$"""{"model":"m","prompt":{{prompt}},"max_tokens":5,"stop":["x"],"stream":true,"min_p":1}""");

        Assert.Equal("Say hi", Assert.IsType<TextPart>(Assert.Single(Assert.Single(request.Messages).Parts)).Text);
        Assert.Equal(5, request.Options.MaxOutputTokens);
        Assert.True(request.Stream);
        Assert.Equal("min_p", Assert.Single(request.Extensions).Name);
    }

    [Theory]
    [InlineData("\"prompt\":[1,2]", "prompt")]
    [InlineData("\"prompt\":[[1]]", "prompt")]
    [InlineData("\"prompt\":[\"a\",\"b\"]", "prompt")]
    [InlineData("\"prompt\":[]", "prompt")]
    [InlineData("\"prompt\":\"a\",\"suffix\":\"b\"", "suffix")]
    [InlineData("\"prompt\":\"a\",\"best_of\":2", "best_of")]
    [InlineData("\"prompt\":\"a\",\"echo\":true", "echo")]
    [InlineData("\"prompt\":\"a\",\"logprobs\":1", "logprobs")]
    [InlineData("\"x\":1", "prompt")]
    public void Decode_WhatOnlyACompletionModelCanDo_IsRefused(string fields, string field)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Decode($$"""{"model":"m",{{fields}}}""")).Error;

        Assert.Equal((400, field), (error.Status, error.Param));
        Assert.Equal(field != "prompt", error.Code == "unsupported_parameter");
    }

    [Fact]
    public void Encode_Answer_IsTextCompletion()
    {
        var output = new ArrayBufferWriter<byte>();
        OpenAICompletionsResponseEncoder.Encode(
            new ChatResponse
            {
                Choices = [new ChatChoice(0, [new ReasoningPart("t"), new TextPart("hi")], new Finish(FinishReason.Length))],
                Usage = new TokenUsage { Input = 1, Output = 2 },
            },
            ChatWire.Context(),
            output);

        Assert.StartsWith(
            """{"id":"cmpl-req1","object":"text_completion","created":1700000000,"model":"route-model","choices":[{"text":"hi","index":0,"logprobs":null,"finish_reason":"length"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,""",
            Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void EncodeStream_Answer_EndsInUsageAndDone()
    {
        string sse = ChatWire.EncodeStream(
        [
            new StreamEvent.ResponseStart("c1", "m", 5),
            .. ToldParts.Text(0, "hi"),
            new StreamEvent.UsageKnown(new TokenUsage { Input = 1 }),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
        ],
        encoder: new OpenAICompletionsStreamEncoder(ChatWire.Context(includeUsage: true)));

        const string Head = """data: {"id":"c1","object":"text_completion","created":5,"model":"m","choices":[""";
        Assert.StartsWith(
            Head + """{"text":"hi","index":0,"logprobs":null,"finish_reason":null}],"usage":null}""" + "\n\n"
            + Head + """{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":null}""" + "\n\n"
            + Head + """],"usage":{"prompt_tokens":1,""",
            sse, StringComparison.Ordinal);
        Assert.EndsWith("}\n\ndata: [DONE]\n\n", sse, StringComparison.Ordinal);
    }

    [SharedFact("recorded")]
    public void Relay_RecordedStreams_EndInDoneWhereTheyAreWhole()
    {
        foreach (RecordedExchange exchange in Recorded.Of("openai-completions").Where(e => e is { Status: > 0 and < 400, Framing: "sse" }))
        {
            foreach (bool exact in (bool[])[true, false])
            {
                AnswerRelay relay = new OpenAIChatRelay(
                    new OpenAIChatPassing { Exact = exact, IncludeUsage = true, Response = ChatWire.Context(true) },
                    OpenAIChatAnswerShape.Completions);
                string sse = ChatWire.Relay(relay, exchange.Response, 7);
                Assert.Equal(relay.Error is null, sse.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal));
                Assert.Equal(relay.Error is null ? 2 : 1, sse.Split("[DONE]").Length);
                Assert.True(relay.Error is null == exchange.Response.Contains("\"choices\"", StringComparison.Ordinal), exchange.Id + relay.Error);
            }
        }
    }

    [SharedFact("recorded")]
    public void ReadBody_RecordedAnswers_AreReadWithTheirFinish()
    {
        foreach (RecordedExchange exchange in Recorded.Of("openai-completions").Where(e => e is { Status: > 0 and < 400, Framing: "json" }))
        {
            PassthroughBody read = OpenAIChatBodyReader.Read(
                Encoding.UTF8.GetBytes(exchange.Response),
                new OpenAIChatPassing { Response = ChatWire.Context() },
                OpenAIChatAnswerShape.Completions);
            Assert.True(read.Error is not null || read.Finish is not null, exchange.Id);
        }
    }

    [SharedFact("recorded")]
    public void Decode_RecordedRequests_AreReadOrRefusedByField()
    {
        foreach (RecordedExchange exchange in Recorded.Of("openai-completions").Where(e => e.Status is > 0 and < 400))
        {
            try
            {
                Assert.NotEmpty(Decode(exchange.Request).Messages);
            }
            catch (GatewayException exception)
            {
                Assert.NotNull(exception.Error.Param);
            }
        }
    }

    private static ChatRequest Decode(string json) =>
        OpenAICompletionsRequestDecoder.Decode(JsonBody.Read(Encoding.UTF8.GetBytes(json)), "m", default);
}
