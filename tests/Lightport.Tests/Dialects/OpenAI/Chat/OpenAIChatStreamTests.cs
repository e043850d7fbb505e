using Lightport.Conversation;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatStreamTests
{
    [Fact]
    public void Decode_ExactStream_TellsEachPiece()
    {
        List<StreamEvent> events = ChatWire.DecodeStream("""
            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}

            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"content":"Hé\n"},"finish_reason":null}],"usage":null}

            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":6,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":2}}}

            data: [DONE]


            """);

        Assert.Equal(
            [
                new StreamEvent.ResponseStart("c1", "m", 5),
                new StreamEvent.PartStart(0, new TextPart("")),
                new StreamEvent.TextDelta(0, "Hé\n"),
                new StreamEvent.UsageKnown(new TokenUsage { Input = 5, CacheRead = 4, Output = 4, Reasoning = 2 }),
                new StreamEvent.PartEnd(0),
                new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
            ],
            events);
    }

    [Theory]
    [InlineData("calls without index", """{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}""", """{"tool_calls":[{"id":"b","function":{"name":"g","arguments":{"x":1}}}]}""")]
    [InlineData("every index 0", """{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}""", """{"tool_calls":[{"index":0,"id":"b","function":{"name":"g","arguments":"{\"x\":1}"}}]}""")]
    [InlineData("index from 1", """{"tool_calls":[{"index":1,"id":"a","type":"function","function":{"name":"f","arguments":"{}"}}]}""", """{"tool_calls":[{"index":2,"id":"b","function":{"name":"g","arguments":""}},{"index":2,"id":"","function":{"name":null,"arguments":"{\"x\":1}"}}]}""")]
    [InlineData("one chunk", """{"tool_calls":[{"id":"a","function":{"name":"f","arguments":null}},{"id":"b","function":{"name":"g","arguments":"{\"x\":"}}]}""", """{"tool_calls":[{"function":{"arguments":"1}"}}]}""")]
    public void Decode_LooseToolCalls_AreToldApart(string trap, string first, string second)
    {
        StreamAccumulator fold = ChatWire.Fold(ChatWire.DecodeStream(Stream(Delta(first), Delta(second), Finish("tool_calls"))));

        Assert.Null(fold.Error);
        Assert.Equal(
            [new ToolCallPart("a", "f", "{}"), new ToolCallPart("b", "g", "{\"x\":1}")],
            fold.ToResponse().Choices[0].Parts);
        Assert.NotEmpty(trap);
    }

    [Fact]
    public void Decode_CallWithoutId_GetsTheSameIdStreamedAndUnstreamed()
    {
        StreamAccumulator fold = ChatWire.Fold(ChatWire.DecodeStream(
            Stream(Delta("""{"tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}"""), Finish("stop"))));
        ChatResponse whole = ChatWire.DecodeResponse(
            """{"id":"c1","choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":{}}}]}}]}""");

        ToolCallPart streamed = Assert.IsType<ToolCallPart>(fold.ToResponse().Choices[0].Parts[0]);
        Assert.StartsWith("call_", streamed.CallId, StringComparison.Ordinal);
        Assert.Equal(whole.Choices[0].Parts[0], streamed);
        Assert.Equal(FinishReason.ToolCalls, whole.Choices[0].Finish.Reason);
    }

    [Fact]
    public void Decode_UsageWithChoicesSeveralFinishesRepeatedRole_IsOneAnswer()
    {
        StreamAccumulator fold = ChatWire.Fold(ChatWire.DecodeStream("""
            data: {"id":"","model":"","choices":[],"prompt_filter_results":[]}

            data: {"id":"c1","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}

            data: {"id":"c2","model":"m2","choices":[{"index":0,"delta":{"role":"assistant","content":"b"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}

            data: {"id":"c3","choices":[{"index":0,"delta":{"content":"c"},"finish_reason":"length"}],"usage":null}


            """));

        Assert.Null(fold.Error);
        ChatResponse response = fold.ToResponse();
        Assert.Equal(("c1", "m", 2L), (response.Id, response.Model, response.Usage!.Completion));
        Assert.Equal("abc", Assert.IsType<TextPart>(response.Choices[0].Parts[0]).Text);
        Assert.Equal(FinishReason.Stop, response.Choices[0].Finish.Reason);
    }

    [Theory]
    [InlineData("", "without an answer")]
    [InlineData("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n", "stream ended")]
    [InlineData("data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"error\"}]}\n\n", "broke off")]
    [InlineData("data: {\"id\":\"c1\",\"choices\":[{\"ind\n\n", "not valid JSON")]
    [InlineData("data: {\"error\":{\"message\":\"Token limit reached\",\"code\":400}}\n\n", "Token limit reached")]
    [InlineData("event: error\ndata: {\"message\":\"odd\"}\n\n", "odd")]
    public void Decode_BrokenStream_FailsWithTheReason(string sse, string words)
    {
        List<StreamEvent> events = ChatWire.DecodeStream(sse);

        StreamEvent.Failed failed = Assert.IsType<StreamEvent.Failed>(events[^1]);
        Assert.Contains(words, failed.Error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorStage.Stream, failed.Error.Stage);
        Assert.Single(events.OfType<StreamEvent.Failed>());
    }

    [Fact]
    public void Decode_ReasoningUnderThreeNames_IsToldOnceAndSealed()
    {
        StreamAccumulator fold = ChatWire.Fold(ChatWire.DecodeStream(Stream(
            Delta("""{"reasoning":"I ","reasoning_details":[{"type":"reasoning.text","text":"I ","format":"anthropic-claude-v1","index":0}]}"""),
            Delta("""{"reasoning_content":"think","reasoning":"think"}"""),
            Delta("""{"reasoning_details":[{"type":"reasoning.text","signature":"sig","format":"anthropic-claude-v1","index":0}]}"""),
            Delta("""{"content":"so"}"""),
            Finish("stop"))));

        Assert.Equal(
            new ReasoningPart("I think") { State = new OpaqueState(StateFormats.Anthropic, "sig") },
            fold.ToResponse().Choices[0].Parts[0]);
    }

    [Fact]
    public void Decode_MistralThinkingParts_AreReasoningAndText()
    {
        StreamAccumulator fold = ChatWire.Fold(ChatWire.DecodeStream(Stream(
            Delta("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}"""),
            Delta("""{"content":[{"type":"text","text":"yes"}]}"""),
            Delta("""{"content":"!"}"""),
            Finish("stop"))));

        Assert.Equal(new ReasoningPart("hm"), fold.ToResponse().Choices[0].Parts[0]);
        Assert.Equal("yes!", Assert.IsType<TextPart>(fold.ToResponse().Choices[0].Parts[1]).Text);
    }

    [Fact]
    public void Encode_Answer_KeepsTheLawsToTheLetter()
    {
        string sse = ChatWire.EncodeStream(
        [
            new StreamEvent.ResponseStart("", "", 0),
            .. ToldParts.Reasoning(0, new OpaqueState(StateFormats.Anthropic, "sig"), "th", "ink"),
            .. ToldParts.Text(1, "a\"é"),
            ToldParts.Call(2, "c1", "f"),
            new StreamEvent.PartEnd(2),
            new StreamEvent.UsageKnown(new TokenUsage { Input = 1, Output = 2 }),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.ToolCalls, "tool_use")),
        ],
        includeUsage: true);

        const string Head = "data: {\"id\":\"chatcmpl-req1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"route-model\",\"choices\":[";
        const string Tail = ",\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n";
        Assert.Equal(
            Head + """{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":"th"}""" + Tail
            + Head + """{"index":0,"delta":{"reasoning_content":"ink"}""" + Tail
            + Head + """{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"think","signature":"sig","format":"anthropic-claude-v1","index":0}]}""" + Tail
            + Head + """{"index":0,"delta":{"content":"a\"é"}""" + Tail
            + Head + """{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]}""" + Tail
            + Head + """{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]}""" + Tail
            + Head + """{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls","native_finish_reason":"tool_use"}],"usage":null}""" + "\n\n"
            + Head + """],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0}}}""" + "\n\n"
            + "data: [DONE]\n\n",
            sse);
        ChatStreamLaws.Check(sse, includeUsage: true);
    }

    [Fact]
    public void Encode_Failure_IsAnErrorAndNothingAfterIt()
    {
        string sse = ChatWire.EncodeStream(
        [
            .. ToldParts.Text(0, "a"),
            new StreamEvent.Failed(new GatewayError(ErrorStage.Stream, ErrorKind.Overloaded, 529, "busy") { Type = "overloaded_error" }),
        ]);

        Assert.EndsWith(
            "data: {\"error\":{\"message\":\"busy\",\"type\":\"overloaded_error\",\"param\":null,\"code\":\"overloaded\"}}\n\n",
            sse, StringComparison.Ordinal);
        ChatStreamLaws.Check(sse, includeUsage: false);
    }

    [Fact]
    public void Encode_ThenDecode_FoldsToTheSameAnswer()
    {
        StreamEvent[] events =
        [
            new StreamEvent.ResponseStart("x", "m", 3),
            .. ToldParts.Reasoning(0, new OpaqueState(StateFormats.Anthropic, "s1"), "one"),
            .. ToldParts.Reasoning(1, new OpaqueState(StateFormats.Anthropic, "blob", Redacted: true)),
            .. ToldParts.Reasoning(2, new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true), "sum"),
            .. ToldParts.Cited(
                3, "hi", new Citation(new CitationSource { Url = "https://u", Title = "t" }) { StartIndex = 0, EndIndex = 2 }),
            new StreamEvent.LogprobsDelta(new ChoiceLogprobs { Content = [new TokenLogprob("hi", new ExactNumber(-1))] }),
            new StreamEvent.PartStart(4, new ToolCallPart("c1", "f", "") { State = new OpaqueState(StateFormats.Gemini, "g") }),
            new StreamEvent.ToolCallDelta(4, "{\"a\":"),
            new StreamEvent.PartStart(5, new ToolCallPart("c2", "free", "") { Kind = ToolKind.Custom }),
            new StreamEvent.ToolCallDelta(5, "text"),
            new StreamEvent.ToolCallDelta(4, "1}"),
            new StreamEvent.PartEnd(4),
            new StreamEvent.PartEnd(5),
            new StreamEvent.UsageKnown(new TokenUsage { Input = 3, CacheRead = 2, CacheWrite = 1, Output = 4, Reasoning = 5 }),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.ToolCalls)),
        ];

        string sse = ChatWire.EncodeStream(events, includeUsage: true);

        ChatStreamLaws.Check(sse, includeUsage: true);
        string direct = ChatWire.EncodeResponse(ChatWire.Fold(events).ToResponse());
        Assert.Equal(direct, ChatWire.EncodeResponse(ChatWire.Fold(ChatWire.DecodeStream(sse)).ToResponse()));
        Assert.Equal(direct, ChatWire.EncodeResponse(ChatWire.DecodeResponse(direct)));
    }

    internal static string Delta(string delta, string id = "c1") =>
        $$"""{"id":"{{id}}","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":null}]}""";

    internal static string Finish(string word) =>
        $$"""{"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"{{word}}"}]}""";

    internal static string Stream(params string[] chunks) =>
        string.Concat(chunks.Select(chunk => $"data: {chunk}\n\n")) + "data: [DONE]\n\n";
}
