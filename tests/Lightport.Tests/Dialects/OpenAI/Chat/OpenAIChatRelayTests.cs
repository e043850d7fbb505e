using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatRelayTests
{
    private const string Exact = """
        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null,"obfuscation":"ab"}

        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"say \"usage\":null, \"error\":"},"finish_reason":null}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"length"}],"usage":null}

        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}

        data: [DONE]


        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Relay_LawfulStreamWithUsage_PassesByteForByte(bool exact)
    {
        AnswerRelay relay = Relay(exact, includeUsage: true);

        Assert.Equal(Exact, ChatWire.Relay(relay, Exact));
        Assert.Equal(("c1", "m", FinishReason.Length), (relay.ResponseId, relay.ResponseModel, relay.Finish));
        Assert.Equal(new TokenUsage { Input = 3, Output = 2 }, relay.Usage);
        Assert.True(relay.Ended && relay.HasContent);
        Assert.Null(relay.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Relay_UsageThatNobodyAskedFor_IsReadAndWithheld(bool exact)
    {
        AnswerRelay relay = Relay(exact, includeUsage: false);

        string sse = ChatWire.Relay(relay, Exact);

        Assert.Equal(
            Exact.Replace(",\"usage\":null,\"obf", ",\"obf", StringComparison.Ordinal).Replace(",\"usage\":null}", "}", StringComparison.Ordinal)
                .Replace(Exact[Exact.IndexOf("data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"m\",\"choices\":[],", StringComparison.Ordinal)..Exact.IndexOf("data: [DONE]", StringComparison.Ordinal)], "", StringComparison.Ordinal),
            sse);
        Assert.Equal(5, relay.Usage!.Total);
        ChatStreamLaws.Check(sse, includeUsage: false);
    }

    [Fact]
    public void Relay_EveryBrokenLaw_IsMendedAndTheRestLeftAlone()
    {
        const string Broken = """
            data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"x":1}]}

            data: {"id":"a1","created":7,"model":"m","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"x","vendor":{"y":[1]}},"finish_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":1},"extra":1}

            data: {"id":"a2","created":8,"model":"m2","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},"finish_reason":null}]}

            data: {"id":"a2","created":8,"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"","role":"assistant"},"finish_reason":"tool_use"}],"usage":{"prompt_tokens":1,"completion_tokens":9}}

            data: {"id":"a2","created":8,"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"","role":"assistant"},"finish_reason":"stop"}]}


            """;
        AnswerRelay relay = Relay(exact: false, includeUsage: true);

        string sse = ChatWire.Relay(relay, Broken);

        ChatStreamLaws.Check(sse, includeUsage: true);
        Assert.Contains("\"prompt_filter_results\":[{\"x\":1}]", sse, StringComparison.Ordinal);
        Assert.Contains("\"content\":\"x\",\"vendor\":{\"y\":[1]}", sse, StringComparison.Ordinal);
        Assert.Contains("\"extra\":1", sse, StringComparison.Ordinal);
        Assert.Contains("\"native_finish_reason\":\"tool_use\"", sse, StringComparison.Ordinal);
        Assert.Contains("\"arguments\":\"{\\\"a\\\":1}\"", sse, StringComparison.Ordinal);
        Assert.Equal((9L, FinishReason.ToolCalls, "a1"), (relay.Usage!.Completion, relay.Finish, relay.ResponseId));
    }

    [Fact]
    public void Relay_CallWithoutArguments_GetsAnEmptyObjectBeforeTheFinish()
    {
        string sse = ChatWire.Relay(Relay(exact: false), OpenAIChatStreamTests.Stream(
            OpenAIChatStreamTests.Delta("""{"role":"assistant","tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}]}"""),
            OpenAIChatStreamTests.Finish("tool_calls")));

        ChatStreamLaws.Check(sse, includeUsage: false);
        Assert.Equal("{}", Assert.IsType<ToolCallPart>(ChatWire.Fold(ChatWire.DecodeStream(sse)).ToResponse().Choices[0].Parts[0]).Arguments);
        Assert.Contains("\"arguments\":\"{}\"", sse, StringComparison.Ordinal);
    }

    /// <summary>Clients send an id back with the result, and an empty one names no call.</summary>
    [Theory]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void Relay_CallWithAnEmptyId_GetsOneThatStaysItsOwn(string id)
    {
        string sse = ChatWire.Relay(Relay(exact: false), OpenAIChatStreamTests.Stream(
            OpenAIChatStreamTests.Delta($$$"""{"role":"assistant","tool_calls":[{"index":0,"id":{{{id}}},"type":"function","function":{"name":"f","arguments":"{"}}]}"""),
            OpenAIChatStreamTests.Delta($$$"""{"tool_calls":[{"index":0,"id":{{{id}}},"function":{"arguments":"}"}}]}"""),
            OpenAIChatStreamTests.Delta($$$"""{"tool_calls":[{"index":1,"id":{{{id}}},"type":"function","function":{"name":"g","arguments":"{}"}}]}"""),
            OpenAIChatStreamTests.Finish("tool_calls")));

        ChatStreamLaws.Check(sse, includeUsage: false);
        ChatResponse answer = ChatWire.Fold(ChatWire.DecodeStream(sse)).ToResponse();
        ToolCallPart[] calls = [.. answer.Choices[0].Parts.Cast<ToolCallPart>()];
        Assert.Equal(["f {}", "g {}"], calls.Select(call => $"{call.Name} {call.Arguments}"));
        Assert.All(calls, call => Assert.StartsWith("call_", call.CallId, StringComparison.Ordinal));
        Assert.NotEqual(calls[0].CallId, calls[1].CallId);
    }

    [Fact]
    public void Relay_MistralParts_BecomeTheStringsClientsRead()
    {
        string sse = ChatWire.Relay(Relay(exact: false), OpenAIChatStreamTests.Stream(
            OpenAIChatStreamTests.Delta("""{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}"""),
            OpenAIChatStreamTests.Delta("""{"content":[{"type":"text","text":"yes"}]}"""),
            OpenAIChatStreamTests.Finish("stop")));

        ChatStreamLaws.Check(sse, includeUsage: false);
        Assert.Contains("\"reasoning_content\":\"hm\"", sse, StringComparison.Ordinal);
        Assert.Contains("\"content\":\"yes\"", sse, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Relay_ErrorBeforeContent_WritesNothingSoThatAnotherMayTakeOver(bool exact)
    {
        AnswerRelay relay = Relay(exact);
        var output = new ArrayBufferWriter<byte>();

        ChatWire.Frames("data: {\"error\":{\"message\":\"no\",\"code\":429}}\n\n"u8, 100,
            (in Lightport.Transport.Framing.Frame frame) => relay.Push(frame, output));

        Assert.Equal(0, output.WrittenCount);
        Assert.False(relay.HasContent);
        Assert.Equal((429, ErrorKind.RateLimit, true), (relay.Error!.Status, relay.Error.Kind, relay.Error.Retryable));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Relay_BrokenAfterContent_EndsInAnErrorWithoutDone(bool exact)
    {
        AnswerRelay relay = Relay(exact);

        string sse = ChatWire.Relay(relay, "data: " + OpenAIChatStreamTests.Delta("""{"role":"assistant","content":"a"}""") + "\n\n");

        ChatStreamLaws.Check(sse, includeUsage: false);
        Assert.Contains("\"error\":{", sse, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", sse, StringComparison.Ordinal);
        Assert.Equal((502, ErrorStage.Stream), (relay.Error!.Status, relay.Error.Stage));
    }

    [Fact]
    public void Relay_FailedByTheGateway_EndsOnce()
    {
        AnswerRelay relay = Relay(exact: false);
        var output = new ArrayBufferWriter<byte>();

        relay.Fail(new GatewayError(ErrorStage.Stream, ErrorKind.Timeout, 504, "late"), output);
        relay.Complete(output);

        Assert.Equal(
            "data: {\"error\":{\"message\":\"late\",\"type\":\"server_error\",\"param\":null,\"code\":\"timeout\"}}\n\n",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Relay_DoneWithoutFinish_GetsOne()
    {
        string sse = ChatWire.Relay(Relay(exact: false), OpenAIChatStreamTests.Stream(
            OpenAIChatStreamTests.Delta("""{"role":"assistant","content":"a"}""")));

        ChatStreamLaws.Check(sse, includeUsage: false);
        Assert.Contains("\"finish_reason\":\"stop\"", sse, StringComparison.Ordinal);
    }

    [SharedFact("recorded")]
    public void Relay_RecordedStreams_KeepEveryLawAtEveryPieceSize()
    {
        foreach (RecordedExchange exchange in Recorded.Of("openai-chat").Where(e => e is { Status: > 0 and < 400, Framing: "sse" }))
        {
            List<StreamEvent> direct = ChatWire.DecodeStream(exchange.Response);
            bool hasUsage = direct.OfType<StreamEvent.UsageKnown>().Any();
            string folded = ChatWire.EncodeResponse(ChatWire.Fold(direct).ToResponse());
            foreach (bool includeUsage in (bool[])[true, false])
            {
                string? first = null;
                foreach (int piece in (int[])[1, 2, 3, 7, 64, int.MaxValue])
                {
                    string sse = ChatWire.Relay(Relay(exact: false, includeUsage), exchange.Response, piece);
                    Assert.Equal(first ??= sse, sse);
                }

                ChatStreamLaws.Check(first!, includeUsage, requireUsage: true);
                StreamAccumulator relayed = ChatWire.Fold(ChatWire.DecodeStream(first!));
                if (includeUsage && relayed.Error is null)
                {
                    ChatResponse answer = relayed.ToResponse();
                    Assert.Equal(!hasUsage, answer.Usage!.Estimated);
                    answer = hasUsage ? answer : answer with { Usage = null };
                    Assert.Equal(Comparable(folded), Comparable(ChatWire.EncodeResponse(answer)));
                }
            }
        }
    }

    private static AnswerRelay Relay(bool exact, bool includeUsage = false) => ChatWire.Passed(new OpenAIChatPassing
    {
        Exact = exact,
        Stream = true,
        IncludeUsage = includeUsage,
        Response = ChatWire.Context(includeUsage),
    });

    /// <summary>Ids and times that the gateway filled in are not the provider's to compare.</summary>
    private static string Comparable(string response) => response[response.IndexOf("\"choices\"", StringComparison.Ordinal)..];
}
