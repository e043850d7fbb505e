using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

public sealed class AnthropicMessagesResponseTests
{
    private const string Whole = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5","content":[
          {"type":"thinking","thinking":"hm","signature":"sig"},
          {"type":"redacted_thinking","data":"red"},
          {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}},
          {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"https://a"}]},
          {"type":"text","text":"It is so.","citations":[
            {"type":"web_search_result_location","cited_text":"so","url":"https://a","title":"A","encrypted_index":"e"},
            {"type":"char_location","cited_text":"it","document_index":0,"document_title":"D","start_char_index":0,"end_char_index":2},
            {"type":"page_location","cited_text":"p","document_index":0,"document_title":null,"start_page_number":1,"end_page_number":2},
            {"type":"content_block_location","cited_text":"c","document_index":0,"document_title":"E","start_block_index":0,"end_block_index":1},
            {"type":"search_result_location","cited_text":"s","source":"src","title":"S","search_result_index":0,"start_block_index":0,"end_block_index":1}]},
          {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}}],
         "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,
         "usage":{"input_tokens":10,"cache_creation_input_tokens":30,"cache_read_input_tokens":5,
          "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":10},"output_tokens":50,
          "output_tokens_details":{"thinking_tokens":40},"server_tool_use":{"web_search_requests":2},"service_tier":"standard"}}
        """;

    [Fact]
    public void DecodeResponse_EveryKindOfBlock_IsKept()
    {
        ChatResponse response = Wire.DecodeResponse(Whole);

        ChatChoice choice = Assert.Single(response.Choices);
        Assert.Equal(
            ["ReasoningPart", "ReasoningPart", "ServerToolCallPart", "ServerToolResultPart", "TextPart", "ToolCallPart"],
            choice.Parts.Select(part => part.GetType().Name));
        Assert.Equal(new Finish(FinishReason.ToolCalls, "tool_use"), choice.Finish);
        var text = (TextPart)choice.Parts[4];
        CitationSource[] sources = [.. text.Citations.SelectMany(citation => citation.Sources)];
        Assert.Equal(new CitationSource { Url = "https://a", Title = "A", CitedText = "so" }, sources[0]);
        Assert.Equal(
            ["D 0 Character 0-2", " 0 Page 1-2", "E 0 Block 0-1", "S  Block 0-1"],
            sources[1..].Select(one => $"{one.Title} {one.Document} {one.Place?.Unit} {one.Place?.Start}-{one.Place?.End}"));
        Assert.Equal(
            new TokenUsage
            {
                Input = 10, CacheRead = 5, CacheWrite = 20, CacheWriteLong = 10, Output = 10, Reasoning = 40, WebSearches = 2,
            },
            response.Usage);
        Assert.Equal("default", response.ServiceTier);
    }

    [Fact]
    public void DecodeResponse_BlocksOfOddFields_AreReadAsFarAsTheyGo()
    {
        ChatResponse response = Wire.DecodeResponse("""
            {"content":[
              "no block", 1, null, ["text"], {}, {"type":7,"text":"of no kind"},
              {"text":"kind last","type":"text"},
              {"t\u0079pe":"text","te\u0078t":"named in escapes","citations":null},
              {"type":"text","text":"first","text":"of two the last"},
              {"type":"text","text":{"type":"text","text":"no words"},"citations":[]},
              {"type":"text","text":"half \ud83d","citations":{"type":"no list"}},
              {"type":"text","text":"cited","citations":[7,{"type":"char_location","cited_text":"c","document_index":0}]},
              {"type":"thinking","thinking":null,"signature":7},
              {"type":"thinking","thinking":"hm"},
              {"type":"tool_use","id":null,"name":"f","input":"{\"a\":1}"},
              {"type":"tool_use","id":"toolu_1","name":"g"},
              {"type":"new_kind","data":[{"type":"text","text":"inside"}]}]}
            """);

        IReadOnlyList<ContentPart> parts = response.Choices[0].Parts;
        Assert.Equal(
            ["kind last", "named in escapes", "of two the last", "half \uFFFD", "cited"],
            parts.OfType<TextPart>().Select(part => part.Text));
        Assert.Equal(["c"], parts.OfType<TextPart>()
            .SelectMany(part => part.Citations).SelectMany(citation => citation.Sources).Select(one => one.CitedText));
        Assert.Equal(["hm"], parts.OfType<ReasoningPart>().Select(part => part.Text));
        Assert.Equal(
            [("", "f", """{"a":1}"""), ("toolu_1", "g", "{}")],
            parts.OfType<ToolCallPart>().Select(call => (call.CallId, call.Name, call.Arguments)));
        OpaquePart other = Assert.Single(parts.OfType<OpaquePart>());
        Assert.Equal("new_kind", other.Kind);
        Assert.Equal(9, parts.Count);
    }

    [Fact]
    public void EncodeResponse_OwnAnswer_IsTheSame() => Wire.Same(Whole, Wire.Encode(Wire.DecodeResponse(Whole)));

    [Theory]
    [InlineData("end_turn", FinishReason.Stop)]
    [InlineData("stop_sequence", FinishReason.Stop)]
    [InlineData("pause_turn", FinishReason.Stop)]
    [InlineData("compaction", FinishReason.Stop)]
    [InlineData("max_tokens", FinishReason.Length)]
    [InlineData("model_context_window_exceeded", FinishReason.Length)]
    [InlineData("tool_use", FinishReason.ToolCalls)]
    [InlineData("refusal", FinishReason.ContentFilter)]
    public void Decode_StopReason_IsTheNearestAndComesBack(string reason, FinishReason expected)
    {
        ChatResponse response = Wire.DecodeResponse($$"""{"content":[],"stop_reason":"{{reason}}","stop_sequence":"s"}""");

        Assert.Equal(expected, response.Choices[0].Finish.Reason);
        Assert.Equal(reason, (string?)Wire.Encode(response)["stop_reason"]);
        Assert.Equal("s", (string?)Wire.Encode(response)["stop_sequence"]);
    }

    [Fact]
    public void EncodeResponse_RefusalsParticulars_AreKept()
    {
        const string Details = """{"type":"refusal","category":"cyber","explanation":"no"}""";
        JsonObject body = Wire.Encode(
            Wire.DecodeResponse($$$"""{"content":[],"stop_reason":"refusal","stop_details":{{{Details}}} }"""));

        Wire.Same(Details, body["stop_details"]);
    }

    [Fact]
    public void EncodeResponse_ChatAnswer_HasAllThatClientsRead()
    {
        var response = new ChatResponse
        {
            Id = "chatcmpl-1",
            Model = "gpt-5",
            Choices =
            [
                new ChatChoice(
                    0,
                    [
                        new ReasoningPart("hm"),
                        new ReasoningPart("so") { State = new OpaqueState(StateFormats.OpenAI, "enc") },
                        new TextPart("hi") { Citations = [new Citation(
                            [new CitationSource { Url = "https://a", Title = "A" }, new CitationSource { Title = "D" }])] },
                        new ToolCallPart("call_1", "f", """{"a":1}"""),
                        new ToolCallPart("", "g", "broken"),
                    ],
                    new Finish(FinishReason.ToolCalls, "tool_calls")),
            ],
            Usage = new TokenUsage { Input = 3, CacheRead = 2, Output = 4, Reasoning = 1 },
        };
        string none = new OpaqueState(StateFormats.None, "").ToEnvelope();
        string envelope = new OpaqueState(StateFormats.OpenAI, "enc").ToEnvelope();

        Wire.Same(
            $$$"""
            {"id":"msg_chatcmpl-1","type":"message","role":"assistant","model":"gpt-5","content":[
              {"type":"thinking","thinking":"hm","signature":"{{{none}}}"},
              {"type":"thinking","thinking":"so","signature":"{{{envelope}}}"},
              {"type":"text","text":"hi","citations":[{"type":"web_search_result_location","cited_text":"","url":"https://a",
                "title":"A","encrypted_index":""}]},
              {"type":"tool_use","id":"call_1","name":"f","input":{"a":1}},
              {"type":"tool_use","id":"toolu_req1_4","name":"g","input":{"input":"broken"}}],
             "stop_reason":"tool_use","stop_sequence":null,"stop_details":null,
             "usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":2,
              "cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":5,
              "output_tokens_details":{"thinking_tokens":1} } }
            """,
            Wire.Encode(response));
    }

    [Fact]
    public void EncodeResponse_Refusal_IsTextAndAStopReason()
    {
        var response = new ChatResponse
        {
            Choices = [new ChatChoice(0, [new RefusalPart("I won't.")], new Finish(FinishReason.Stop, "stop"))],
        };

        JsonObject body = Wire.Encode(response);

        Assert.Equal("refusal", (string?)body["stop_reason"]);
        Wire.Same("""[{"type":"text","text":"I won't."}]""", body["content"]);
        Assert.Equal(("msg_req1", "asked-model"), ((string?)body["id"], (string?)body["model"]));
    }

    [Fact]
    public void EncodeResponse_ThinkingOmitted_KeepsTheSignatureOnly()
    {
        JsonObject body = Wire.Encode(Wire.DecodeResponse(Whole), Wire.Context with { OmitReasoning = true });

        Wire.Same("""{"type":"thinking","thinking":"","signature":"sig"}""", body["content"]![0]);
    }

    [Theory]
    [InlineData("""<html>""")]
    [InlineData("""[]""")]
    [InlineData("""{"id":"x"}""")]
    public void DecodeResponse_NoAnswer_IsAnUpstreamError(string body) =>
        Assert.Equal(ErrorKind.Upstream, Assert.Throws<GatewayException>(() => Wire.DecodeResponse(body)).Error.Kind);

    [Fact]
    public void DecodeResponse_ErrorInsideASuccess_IsThatError()
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Wire.DecodeResponse(
            """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""")).Error;

        Assert.Equal((529, ErrorKind.Overloaded, "Overloaded", true), (error.Status, error.Kind, error.Message, error.Retryable));
    }
}
