using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

public sealed class AnthropicMessagesStreamTests
{
    private const string Stream = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":7,"cache_creation_input_tokens":3,"cache_read_input_tokens":2,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":3},"output_tokens":1}}}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: ping
        data: {"type": "ping"}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"h\u006d"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"query\":"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"\"q\"}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: content_block_start
        data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":"","citations":[]}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a","title":"A","cited_text":"c","encrypted_index":"e"}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Grüße "}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"\ud83d\ude00"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":2}

        event: content_block_start
        data: {"type":"content_block_start","index":3,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":3,"delta":{"type":"text_delta","text":"more"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":3,"delta":{"type":"hologram_delta","hologram":[1]}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":3}

        event: content_block_start
        data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":4,"delta":{"type":"input_json_delta","partial_json":"{\"a\": 1}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":4}

        event: content_block_start
        data: {"type":"content_block_start","index":5,"content_block":{"type":"tool_use","id":"toolu_2","name":"g","input":{}}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":5}

        event: shiny_new_event
        data: {"type":"shiny_new_event","x":{}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":7,"cache_creation_input_tokens":3,"cache_read_input_tokens":2,"output_tokens":20,"output_tokens_details":{"thinking_tokens":5}}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    private const string Unary = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
          {"type":"thinking","thinking":"hm","signature":"sig"},
          {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}},
          {"type":"text","text":"Grüße \ud83d\ude00","citations":[
            {"type":"web_search_result_location","url":"https://a","title":"A","cited_text":"c","encrypted_index":"e"}]},
          {"type":"text","text":"more"},
          {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}},
          {"type":"tool_use","id":"toolu_2","name":"g","input":{}}],
         "stop_reason":"tool_use","stop_sequence":null,
         "usage":{"input_tokens":7,"cache_creation_input_tokens":3,"cache_read_input_tokens":2,
          "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":3},"output_tokens":20,
          "output_tokens_details":{"thinking_tokens":5}}}
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Decode_StreamOfEveryBlock_FoldsIntoTheUnaryAnswer(int piece) => Wire.Same(
        Wire.Encode(Wire.DecodeResponse(Unary)), Wire.Encode(Wire.Fold(Wire.Decode(Stream, piece))));

    [Fact]
    public void Encode_StreamOfEveryBlock_KeepsTheLaws()
    {
        JsonObject? message = MessagesStreamLaws.Check(Wire.EncodeStream(Wire.Decode(Stream)));

        Wire.Same(Wire.Encode(Wire.DecodeResponse(Unary)), message);
    }

    [Fact]
    public void Decode_Usage_IsToldAtTheStartAndReplacedAtTheEnd()
    {
        TokenUsage[] told = [.. Wire.Decode(Stream).OfType<StreamEvent.UsageKnown>().Select(known => known.Usage)];

        Assert.Equal(
            [
                new TokenUsage { Input = 7, CacheRead = 2, CacheWriteLong = 3, Output = 1 },
                new TokenUsage { Input = 7, CacheRead = 2, CacheWriteLong = 3, Output = 15, Reasoning = 5 },
            ],
            told);
    }

    [Fact]
    public void Translate_OneChunkOfText_AllocatesLittle()
    {
        byte[] data = Encoding.UTF8.GetBytes(
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a word or two"}}""");
        var relay = DecodedCall.Relay(Wire.Dialect.CreateStreamDecoder(), Wire.Dialect.CreateStreamEncoder(Wire.Context));
        var output = new ArrayBufferWriter<byte>(1 << 20);
        long Allocated(int chunks)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < chunks; i++)
            {
                relay.Push(new Frame("content_block_delta"u8, data, data), output);
            }

            return (GC.GetAllocatedBytesForCurrentThread() - before) / chunks;
        }

        Allocated(100);
        Assert.InRange(Allocated(1000), 0, 256);
    }

    [Fact]
    public void Decode_ErrorEvent_KeepsItsMessageAndEndsTheAnswer()
    {
        List<StreamEvent> events = Wire.Decode("""
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","model":"c","usage":{"input_tokens":1,"output_tokens":1}}}

            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"late"}}


            """);

        GatewayError error = Assert.IsType<StreamEvent.Failed>(events[^1]).Error;
        Assert.Equal(
            (ErrorKind.Overloaded, 529, "Overloaded", ErrorStage.Stream), (error.Kind, error.Status, error.Message, error.Stage));
    }

    [Theory]
    [InlineData("event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\"}}\n\n")]
    [InlineData("event: message_start\ndata: {\"type\":\n\n")]
    [InlineData("data: null\n\n")]
    [InlineData("")]
    public void Decode_BrokenOff_Fails(string sse) =>
        Assert.Equal(502, Assert.IsType<StreamEvent.Failed>(Wire.Decode(sse)[^1]).Error.Status);

    [Fact]
    public void Decode_EndKnownButTerminatorMissing_IsComplete()
    {
        List<StreamEvent> events = Wire.Decode(Stream[..Stream.IndexOf("event: message_stop", StringComparison.Ordinal)]);

        Assert.Equal(FinishReason.ToolCalls, Assert.IsType<StreamEvent.ResponseEnd>(events[^1]).Finish.Reason);
    }

    [Fact]
    public void Decode_InputInTheBlocksStart_IsTheCallsArguments()
    {
        List<StreamEvent> events = Wire.Decode("""
            data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{"a":1}}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"}}


            """);

        Assert.Equal("""{"a":1}""", Assert.IsType<ToolCallPart>(Wire.Fold(events).Choices[0].Parts[0]).Arguments);
    }

    [Fact]
    public void Encode_InterleavedCalls_AreToldOneAfterAnother()
    {
        JsonObject message = MessagesStreamLaws.Check(Wire.EncodeStream(
        [
            new StreamEvent.ResponseStart("chatcmpl-1", "gpt", 1),
            .. ToldParts.Text(0, "on it"),
            ToldParts.Call(1, "a", "f"),
            new StreamEvent.ToolCallDelta(1, "{\"x\""),
            ToldParts.Call(2, "b", "g"),
            new StreamEvent.ToolCallDelta(2, "{\"y\":"),
            new StreamEvent.ToolCallDelta(1, ":1}"),
            ToldParts.Call(3, "c", "h"),
            new StreamEvent.ToolCallDelta(2, "2}"),
            .. ToldParts.Text(4, "done"),
            new StreamEvent.PartEnd(2),
            new StreamEvent.PartEnd(1),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.ToolCalls, "tool_calls")),
            new StreamEvent.UsageKnown(new TokenUsage { Input = 9, Output = 4 }),
        ]))!;

        Wire.Same(
            """
            [{"type":"text","text":"on it"},
             {"type":"tool_use","id":"a","name":"f","input":{"x":1}},
             {"type":"tool_use","id":"b","name":"g","input":{"y":2}},
             {"type":"tool_use","id":"c","name":"h","input":{}},
             {"type":"text","text":"done"}]
            """,
            message["content"]);
        Assert.Equal("msg_chatcmpl-1", (string?)message["id"]);
        Assert.Equal((9, 4), ((int)message["usage"]!["input_tokens"]!, (int)message["usage"]!["output_tokens"]!));
        Assert.Equal("tool_use", (string?)message["stop_reason"]);
    }

    [Fact]
    public void Encode_UsageKnownAtTheEnd_BeginsWithZeros()
    {
        string sse = Wire.EncodeStream(
        [
            new StreamEvent.ResponseStart("x", "gpt", 1),
            .. ToldParts.Text(0, "a"),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.Length, "length")),
            new StreamEvent.UsageKnown(new TokenUsage { Input = 9, CacheRead = 1, Output = 4 }),
        ]);

        Assert.Contains("\"usage\":{\"input_tokens\":0,", sse[..sse.IndexOf("\n\n", StringComparison.Ordinal)], StringComparison.Ordinal);
        JsonObject message = MessagesStreamLaws.Check(sse)!;
        Assert.Equal(1, (int)message["usage"]!["cache_read_input_tokens"]!);
        Assert.Equal("max_tokens", (string?)message["stop_reason"]);
    }

    [Fact]
    public void Encode_EmptyAnswer_IsStillAMessage()
    {
        JsonObject message = MessagesStreamLaws.Check(Wire.EncodeStream(
            [new StreamEvent.ResponseStart("", "", 0), new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop))]))!;

        Assert.Empty(message["content"]!.AsArray());
        Assert.Equal("end_turn", (string?)message["stop_reason"]);
    }

    [Fact]
    public void Encode_Thinking_IsAlwaysSigned()
    {
        StreamEvent[] events =
        [
            new StreamEvent.ResponseStart("", "", 0),
            .. ToldParts.Reasoning(0, null, "a"),
            .. ToldParts.Text(1, "b"),
            .. ToldParts.Reasoning(2, new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true), "c"),
            .. ToldParts.Reasoning(3, new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true)),
            .. ToldParts.Reasoning(4, new OpaqueState(StateFormats.Gemini, "sig")),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
        ];
        string none = new OpaqueState(StateFormats.None, "").ToEnvelope();
        string sealing = new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true).ToEnvelope();
        string signature = new OpaqueState(StateFormats.Gemini, "sig").ToEnvelope();
        string Expected(string first, string second) => $$"""
            [{"type":"thinking","thinking":"{{first}}","signature":"{{none}}"},
             {"type":"text","text":"b"},
             {"type":"thinking","thinking":"{{second}}","signature":"{{sealing}}"},
             {"type":"redacted_thinking","data":"{{sealing}}"},
             {"type":"thinking","thinking":"","signature":"{{signature}}"}]
            """;

        Wire.Same(Expected("a", "c"), MessagesStreamLaws.Check(Wire.EncodeStream(events))!["content"]);
        Wire.Same(
            Expected("", ""),
            MessagesStreamLaws.Check(Wire.EncodeStream(events, Wire.Context with { OmitReasoning = true }))!["content"]);
    }

    [Fact]
    public void Encode_Failure_IsTheLastThingSaid()
    {
        string sse = Wire.EncodeStream(
        [
            new StreamEvent.ResponseStart("", "", 0),
            .. ToldParts.Text(0, "a"),
            new StreamEvent.Failed(new GatewayError(ErrorStage.Stream, ErrorKind.RateLimit, 429, "slow down")),
            .. ToldParts.Text(1, "b"),
        ]);

        Assert.Null(MessagesStreamLaws.Check(sse));
        Assert.EndsWith(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow down\"}}\n\n",
            sse,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_AnswerWithoutAnEnd_IsNoCleanEnd() => Assert.Null(MessagesStreamLaws.Check(
        Wire.EncodeStream([new StreamEvent.ResponseStart("", "", 0), .. ToldParts.Text(0, "a")])));

    /// <summary>What is wanted back of a compaction comes with its text, and stays with it.</summary>
    [Fact]
    public void Compaction_WithWhatItIsWantedBackBy_StaysWhole()
    {
        const string Compacted = """
            data: {"type":"content_block_start","index":0,"content_block":{"type":"compaction","content":null}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"compaction_delta","content":"All so far.","encrypted_content":"ZW5j"}}

            data: {"type":"content_block_stop","index":0}


            """;

        var part = (OpaquePart)Wire.Decode(Compacted).OfType<StreamEvent.PartStart>().Single().Part;

        Assert.Equal("""{"type":"compaction","content":"All so far.","encrypted_content":"ZW5j"}""", part.Json.GetRawText());
    }
}
