using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>A tool that is called with free text, through a target that knows functions only, and back.</summary>
public sealed class CustomToolTests
{
    private static readonly AnswerRestoration Restoration =
        new() { CustomTools = new HashSet<string> { "patch" } };

    [Fact]
    public void EncodeRequest_CustomToolWithAGrammar_IsAFunctionThatTellsIt()
    {
        ChatRequest request = ChatWire.DecodeRequest("""
            {"model":"m","messages":[{"role":"user","content":"q"}],"tools":[{"type":"custom","custom":{
              "name":"patch","description":"Patches.",
              "format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: \"a\""}}}}]}
            """);

        JsonObject body = Wire.Encode(request, null, out EncodingContext context);

        Wire.Same(
            """
            [{"name":"patch","description":"Patches.\n\nThe input must match this lark grammar:\nstart: \"a\"",
              "input_schema":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"],"additionalProperties":false}}]
            """,
            body["tools"]);
        Assert.Equal(["tools[0].custom.format"], context.Losses.Dropped);
    }

    [Fact]
    public void DecodeRequest_GrammarAsResponsesSaysIt_IsRead() => Assert.Equal(
        new ToolGrammar("regex", "a+", "custom.format"),
        Decoded("""{"type":"grammar","syntax":"regex","definition":"a+"}""").Tools[0].Grammar);

    [Theory]
    [InlineData("""{"type":"text"}""")]
    [InlineData("null")]
    public void DecodeRequest_FormatOfAnyText_IsNoGrammar(string format) =>
        Assert.Null(Decoded(format).Tools[0].Grammar);

    [Theory]
    [InlineData("5", "tools[0].custom.format")]
    [InlineData("""{"type":"grammar"}""", "tools[0].custom.format.syntax")]
    [InlineData(
        """{"type":"grammar","grammar":{"syntax":"lark"}}""", "tools[0].custom.format.grammar.definition")]
    public void DecodeRequest_GrammarThatIsNone_IsRefusedByItsPath(string format, string path) =>
        Assert.Equal(path, Assert.Throws<GatewayException>(() => Decoded(format)).Error.Param);

    [Fact]
    public void EncodeRequest_CustomToolOfAnotherDialect_SaysItsGrammarToChat()
    {
        var request = new ChatRequest
        {
            Model = "m",
            Dialect = "another",
            Messages = [new Message(Role.User, [new TextPart("q")])],
            Tools =
            [
                new ToolDefinition("patch")
                {
                    Kind = ToolKind.Custom,
                    Grammar = new ToolGrammar("lark", "start: \"a\"", "format"),
                },
            ],
        };

        Wire.Same(
            """
            [{"type":"custom","custom":{"name":"patch",
              "format":{"type":"grammar","grammar":{"syntax":"lark","definition":"start: \"a\""}}}}]
            """,
            JsonNode.Parse(ChatWire.EncodeRequest(request))!["tools"]);
    }

    [Fact]
    public void EncodeResponse_CallOfTheStandIn_IsTheCustomToolsCall()
    {
        ChatResponse response = Wire.DecodeResponse("""
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[
              {"type":"tool_use","id":"t1","name":"patch","input":{"input":"*** \"Begin\"\n"}},
              {"type":"tool_use","id":"t2","name":"other","input":{"input":"x"}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}
            """);

        Assert.Contains(
            """
            "tool_calls":[{"id":"t1","type":"custom","custom":{"name":"patch","input":"*** \"Begin\"\n"}},{"id":"t2","type":"function","function":{"name":"other","arguments":"{\"input\":\"x\"}"}}]
            """,
            ChatWire.EncodeResponse(Restoration.Restore(response, new AnswerLosses())),
            StringComparison.Ordinal);
    }

    [Fact]
    public void EncodeStream_CallOfTheStandIn_TellsItsTextOnceItIsWhole()
    {
        StreamEvent[] events =
        [
            new StreamEvent.ResponseStart("c1", "m", 5),
            ToldParts.Call(0, "t1", "patch"),
            new StreamEvent.ToolCallDelta(0, "{\"input\":\"a"),
            new StreamEvent.ToolCallDelta(0, "\\nb\"}"),
            new StreamEvent.PartEnd(0),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.ToolCalls)),
        ];

        Assert.Equal(
            """
            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"t1","type":"custom","custom":{"name":"patch","input":""}}]},"logprobs":null,"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"custom":{"input":"a\nb"}}]},"logprobs":null,"finish_reason":null}]}

            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}]}

            data: [DONE]


            """,
            ChatWire.EncodeStream(Restored(events)));
    }

    [Fact]
    public void EncodeStream_CallThatBreaksOff_KeepsWhatTheModelSaid()
    {
        StreamEvent[] events =
        [
            new StreamEvent.ResponseStart("c1", "m", 5),
            ToldParts.Call(0, "t1", "patch"),
            new StreamEvent.ToolCallDelta(0, "{\"input\":\"a"),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.Length)),
        ];

        Assert.Contains(
            """[{"index":0,"custom":{"input":"{\"input\":\"a"}}]""",
            ChatWire.EncodeStream(Restored(events)),
            StringComparison.Ordinal);
    }

    private static ChatRequest Decoded(string format) => ChatWire.DecodeRequest($$$"""
        {"model":"m","messages":[{"role":"user","content":"q"}],
         "tools":[{"type":"custom","custom":{"name":"patch","format":{{{format}}}}}]}
        """);

    private static List<StreamEvent> Restored(IEnumerable<StreamEvent> events)
    {
        var restorer = new AnswerRestorer(Restoration, new AnswerLosses());
        var restored = new List<StreamEvent>();
        foreach (StreamEvent streamEvent in events)
        {
            restorer.Add(streamEvent, restored);
        }

        return restored;
    }
}
