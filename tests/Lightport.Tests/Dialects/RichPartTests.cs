using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>Server tools, images in pieces and citations of several sources, as each dialect can say them.</summary>
public sealed class RichPartTests
{
    private const string Searched = """
        data: {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s1","name":"web_search","input":{},"caller":{"type":"direct"}}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\""}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":":\"q\"}"}}

        data: {"type":"content_block_stop","index":0}

        data: {"type":"content_block_start","index":1,"content_block":{"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"web_search_result","url":"https://a","title":"A","encrypted_content":"e"}]}}

        data: {"type":"content_block_stop","index":1}

        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}


        """;

    private const string Content = """
        [{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"q"},"caller":{"type":"direct"}},
         {"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"web_search_result","url":"https://a","title":"A","encrypted_content":"e"}]}]
        """;

    [Fact]
    public void ServerTool_Streamed_IsACallInPiecesAndItsResult()
    {
        List<StreamEvent> events = Wire.Decode(Searched);

        Assert.Equal(
            ["{\"query\"", ":\"q\"}"],
            events.OfType<StreamEvent.ToolCallDelta>().Select(delta => delta.Arguments));
        IReadOnlyList<ContentPart> parts = Wire.Fold(events).Choices[0].Parts;
        var call = Assert.IsType<ServerToolCallPart>(parts[0]);
        var result = Assert.IsType<ServerToolResultPart>(parts[1]);
        Assert.Equal(("s1", "web_search", "{\"query\":\"q\"}"), (call.CallId, call.Name, call.Arguments));
        Assert.Equal("s1", result.CallId);
        Assert.Equal("https://a", Assert.IsType<TextPart>(Assert.Single(result.Parts)).Citations[0].Sources[0].Url);
    }

    [Fact]
    public void ServerTool_ToItsOwnDialect_IsTheSameStreamedWholeAndAsHistory()
    {
        List<StreamEvent> events = Wire.Decode(Searched);
        ChatResponse whole = Wire.Fold(events);

        Wire.Same(Content, MessagesStreamLaws.Check(Wire.EncodeStream(events))!["content"]);
        Wire.Same(Content, Wire.Encode(whole)["content"]);
        Wire.Same(Content, MessagesStreamLaws.Check(Wire.EncodeStream(ResponseReplay.Events(whole)))!["content"]);
        Wire.Same(
            Content,
            Wire.Encode(Wire.Chat(
                Wire.User("x"), new Message(Role.Assistant, whole.Choices[0].Parts), Wire.User("y")))["messages"]![1]!["content"]);
    }

    [Fact]
    public void ServerTool_ToAChatClient_IsToldAsLost()
    {
        AnswerContext context = ChatWire.Context();

        string sse = ChatWire.EncodeStream(
            Wire.Decode(Searched), encoder: ChatWire.Dialect.CreateStreamEncoder(context));

        Assert.DoesNotContain("tool_calls", sse, StringComparison.Ordinal);
        Assert.Equal(["server_tool_use", "web_search_tool_result"], context.Losses.Names);
    }

    [Theory]
    [InlineData("""{"type":"bash_code_execution_tool_result_error","error_code":"unavailable"}""", true, "unavailable")]
    [InlineData("""{"type":"bash_code_execution_result","stdout":"out","stderr":"err","return_code":1}""", false, "out,err")]
    [InlineData("""[{"type":"text","text":"a"},{"type":"text","text":"b"}]""", false, "a,b")]
    public void ServerToolResult_OfAnyTool_ShowsItsTexts(string content, bool isError, string texts)
    {
        ChatResponse answer = Wire.DecodeResponse(
            $$"""{"content":[{"type":"odd_tool_result","tool_use_id":"s1","content":{{content}}}],"stop_reason":"end_turn"}""");

        var result = Assert.IsType<ServerToolResultPart>(Assert.Single(answer.Choices[0].Parts));
        Assert.Equal(isError, result.IsError);
        Assert.Equal(texts, string.Join(',', result.Parts.Select(part => ((TextPart)part).Text)));
    }

    [Fact]
    public void Image_InPieces_IsToldToAChatClientWhenItIsWhole()
    {
        StreamEvent[] events =
        [
            new StreamEvent.ResponseStart("c1", "m", 5),
            new StreamEvent.PartStart(0, new ImagePart(MediaSource.FromBase64("", "image/webp"))),
            new StreamEvent.MediaDelta(0, "AAE=", null),
            new StreamEvent.MediaDelta(0, "Ag==", null),
            new StreamEvent.PartEnd(0),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
        ];
        const string images = """
            "images":[{"type":"image_url","image_url":{"url":"data:image/webp;base64,AAEC"}}]
            """;

        Assert.Contains($"\"content\":null,{images}}}", ChatWire.EncodeStream(events), StringComparison.Ordinal);
        Assert.Contains(
            images, ChatWire.EncodeResponse(ChatWire.Fold(events).ToResponse()), StringComparison.Ordinal);
        Assert.Equal(
            [new ImagePart(MediaSource.FromBase64("AAEC", "image/webp"))],
            ChatWire.Fold(ChatWire.DecodeStream(ChatWire.EncodeStream(events))).ToResponse().Choices[0].Parts);
    }

    [Fact]
    public void Citation_OfSeveralSources_IsOneOfEachAndTellsWhatItCannot()
    {
        var citation = new Citation(
            [new CitationSource { Url = "https://a" }, new CitationSource { Url = "https://b" }, new CitationSource()]);
        StreamEvent[] events =
        [
            new StreamEvent.ResponseStart("c1", "m", 5),
            .. ToldParts.Cited(0, "hi", citation),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
        ];
        AnswerContext chat = ChatWire.Context();
        AnswerContext messages = Wire.Context with { Losses = new AnswerLosses() };

        string told = ChatWire.EncodeStream(events, encoder: ChatWire.Dialect.CreateStreamEncoder(chat));
        string sse = Wire.EncodeStream(events, messages);

        Assert.Equal(2, told.Split("url_citation\":{").Length - 1);
        Assert.Equal(2, sse.Split("web_search_result_location").Length - 1);
        Assert.Equal(["citations"], chat.Losses.Names);
        Assert.Equal(["citations"], messages.Losses.Names);
    }
}
