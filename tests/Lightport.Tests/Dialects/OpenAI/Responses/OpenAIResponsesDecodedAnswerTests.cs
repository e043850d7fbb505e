using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What a provider answers, whole and streamed: the same.</summary>
public sealed class OpenAIResponsesDecodedAnswerTests
{
    private const string Created =
        """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":5,"model":"gpt-x","status":"in_progress","output":[],"service_tier":"auto","error":null}}""";

    private const string Reasoning =
        """{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"One."},{"type":"summary_text","text":"Two."}],"encrypted_content":"enc"}""";

    private const string Text =
        """{"type":"message","id":"msg_1","role":"assistant","status":"completed","phase":"final_answer","content":[{"type":"output_text","text":"Héllo","annotations":[{"type":"url_citation","url":"https://a","title":"A","start_index":0,"end_index":5}],"logprobs":[]}]}""";

    private const string Call =
        """{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":"{\"a\":1}","status":"completed"}""";

    private const string Usage =
        "\"usage\":{\"input_tokens\":20,\"input_tokens_details\":{\"cached_tokens\":8,\"cache_write_tokens\":4},\"output_tokens\":9,\"output_tokens_details\":{\"reasoning_tokens\":3},\"total_tokens\":29}";

    private static readonly ContentPart[] Parts =
    [
        new ReasoningPart("One.\n\nTwo.") { Id = "rs_1", State = new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true) },
        new TextPart("Héllo")
        {
            Id = "msg_1",
            Citations = [new Citation(new CitationSource { Url = "https://a", Title = "A" }) { StartIndex = 0, EndIndex = 5 }],
        },
        new ToolCallPart("call_1", "f", "{\"a\":1}") { Id = "fc_1" },
    ];

    [Fact]
    public void Whole_Answer_IsReadItemByItem()
    {
        ChatResponse response = ResponsesProvider.Decode(Whole("completed", Reasoning, Text, Call));

        Assert.Equal(("resp_1", "gpt-x", 5L, "default"), (response.Id, response.Model, response.Created, response.ServiceTier));
        ChatChoice choice = Assert.Single(response.Choices);
        Assert.Equal(Parts.Select(Told), choice.Parts.Select(Told));
        Assert.Equal(new Finish(FinishReason.ToolCalls), choice.Finish);
        Assert.Equal(
            new TokenUsage { Input = 8, CacheRead = 8, CacheWrite = 4, Output = 6, Reasoning = 3 }, response.Usage);
        Extension phase = Assert.Single(choice.Parts[1].Extensions);
        Assert.Equal(("phase", "\"final_answer\""), (phase.Name, phase.Value.GetRawText()));
    }

    [Theory]
    [InlineData("told in pieces", true, true)]
    [InlineData("told by finished items alone", false, true)]
    [InlineData("told by the last event alone", false, false)]
    public void Stream_OfTheSameAnswer_FoldsToIt(string how, bool pieces, bool items)
    {
        string[] events =
        [
            Created,
            .. pieces ? (string[])[
                Added(0, """{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"early"}"""),
                """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":0,"delta":"One."}""",
                """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,"delta":"Two"}""",
                """{"type":"response.reasoning_summary_text.delta","item_id":"rs_1","output_index":0,"summary_index":1,"delta":"."}""",
            ] : [],
            .. items ? (string[])[Done(0, Reasoning)] : [],
            .. pieces ? (string[])[
                Added(1, """{"type":"message","id":"msg_1","role":"assistant","phase":"final_answer","content":[]}"""),
                """{"type":"response.content_part.added","output_index":1,"content_index":0,"part":{"type":"output_text","text":""}}""",
                """{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"H\u00e9l","logprobs":[]}""",
                """{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"lo","logprobs":[]}""",
                """{"type":"response.output_text.annotation.added","output_index":1,"content_index":0,"annotation_index":0,"annotation":{"type":"url_citation","url":"https://a","title":"A","start_index":0,"end_index":5}}""",
                """{"type":"response.some.new_thing","output_index":1,"x":{"y":1}}""",
            ] : [],
            .. items ? (string[])[Done(1, Text)] : [],
            .. pieces ? (string[])[
                Added(2, """{"type":"function_call","id":"fc_1","call_id":"call_1","name":"f","arguments":""}"""),
                """{"type":"response.function_call_arguments.delta","output_index":2,"delta":"{\"a\""}""",
                """{"type":"response.function_call_arguments.delta","output_index":2,"delta":":1}"}""",
            ] : [],
            .. items ? (string[])[Done(2, Call)] : [],
            $$"""{"type":"response.completed","response":{{Whole("completed", Reasoning, Text, Call)}}}""",
        ];
        string sse = ResponsesProvider.Stream(events);

        foreach (int piece in (int[])[1, 2, 3, 7, 64, int.MaxValue])
        {
            StreamAccumulator fold = Chat.ChatWire.Fold(ResponsesProvider.DecodeStream(sse, piece));

            Assert.Null(fold.Error);
            ChatResponse response = fold.ToResponse();
            Assert.Equal(("resp_1", "gpt-x", 5L), (response.Id, response.Model, response.Created));
            Assert.Equal(Parts.Select(Told), response.Choices[0].Parts.Select(Told));
            Assert.Equal("\"final_answer\"", response.Choices[0].Parts[1].Extensions[0].Value.GetRawText());
            Assert.Equal(FinishReason.ToolCalls, response.Choices[0].Finish.Reason);
            Assert.Equal(29, response.Usage!.Total);
        }

        Assert.NotEmpty(how);
    }

    [Theory]
    [InlineData("max_output_tokens", FinishReason.Length, null)]
    [InlineData("content_filter", FinishReason.ContentFilter, null)]
    [InlineData("max_tool_calls", FinishReason.Length, "max_tool_calls")]
    public void Incomplete_Answer_SaysWhy(string reason, FinishReason expected, string? native)
    {
        string whole = Whole("incomplete", Text)
            .Replace("\"incomplete_details\":null", $$"""
                "incomplete_details":{"reason":"{{reason}}"}
                """.Trim(), StringComparison.Ordinal);

        List<StreamEvent> events = ResponsesProvider.DecodeStream(ResponsesProvider.Stream(
            Created, $$"""{"type":"response.incomplete","response":{{whole}}}"""));

        Assert.Equal(new Finish(expected, native), ResponsesProvider.Decode(whole).Choices[0].Finish);
        Assert.Equal(new StreamEvent.ResponseEnd(new Finish(expected, native)), events[^1]);
    }

    [Theory]
    [InlineData("""{"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"rate_limit_exceeded","message":"slow"},"output":[]}}""", "slow", 429)]
    [InlineData("""{"type":"error","code":"server_error","message":"boom","param":null,"sequence_number":1}""", "boom", 502)]
    [InlineData("""{"type":"error","error":{"type":"invalid_request_error","code":"invalid_prompt","message":"no"}}""", "no", 400)]
    [InlineData("""{"type":"response.output_text.del""", "not valid JSON", 502)]
    [InlineData("""{"type":"response.in_progress","response":{"id":"r"}}""", "stream ended", 502)]
    public void Broken_Stream_FailsWithTheReason(string last, string words, int status)
    {
        List<StreamEvent> events = ResponsesProvider.DecodeStream($"data: {Created}\n\ndata: {last}\n\n");

        GatewayError error = Assert.IsType<StreamEvent.Failed>(events[^1]).Error;
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal((status, ErrorStage.Stream), (error.Status, error.Stage));
        Assert.NotEqual("error", error.Type);
        Assert.Single(events.OfType<StreamEvent.Failed>());
    }

    [Fact]
    public void Broken_StreamWithUsage_TellsItFirst()
    {
        List<StreamEvent> events = ResponsesProvider.DecodeStream(ResponsesProvider.Stream(
            Created,
            $$$"""{"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"server_error","message":"x"},{{{Usage}}}}}"""));

        Assert.Equal(29, Assert.IsType<StreamEvent.UsageKnown>(events[^2]).Usage.Total);
    }

    [Theory]
    [InlineData("""{"id":"r","status":"failed","error":{"code":"server_error","message":"boom"},"output":[]}""", "boom")]
    [InlineData("""{"error":{"message":"odd","code":"content_filter"}}""", "odd")]
    [InlineData("""{"id":"r","status":"queued","error":null,"output":[]}""", "queued")]
    [InlineData("""{"id":"r","status":"completed"}""", "no output")]
    [InlineData("<html>", "not valid JSON")]
    public void Broken_WholeAnswer_IsAnError(string body, string words) => Assert.Contains(
        words,
        Assert.Throws<GatewayException>(() => ResponsesProvider.Decode(body)).Error.Message,
        StringComparison.Ordinal);

    [Fact]
    public void Items_OfTheProvidersOwnTools_AreKeptWhole()
    {
        const string Search =
            """{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}}""";
        const string Picture =
            """{"type":"image_generation_call","id":"ig_1","status":"completed","result":"AAAA","output_format":"webp"}""";
        const string Compaction = """{"type":"compaction","id":"cmp_1","encrypted_content":"enc"}""";

        ChatResponse response = ResponsesProvider.Decode(Whole("completed", Search, Picture, Compaction));

        var call = Assert.IsType<ServerToolCallPart>(response.Choices[0].Parts[0]);
        Assert.Equal(
            ("web_search_call", "web_search", "ws_1", """{"type":"search","query":"q"}"""),
            (call.Kind, call.Name, call.CallId, call.Arguments));
        Assert.Equal(1, response.Usage!.WebSearches);
        Assert.Equal(
            new ImagePart(MediaSource.FromBase64("AAAA", "image/webp")) { Id = "ig_1" }, response.Choices[0].Parts[1]);
        Assert.Equal("compaction", Assert.IsType<OpaquePart>(response.Choices[0].Parts[2]).Kind);
    }

    [Fact]
    public void Items_ThatRunBesideEachOther_AreToldApart()
    {
        StreamAccumulator fold = Chat.ChatWire.Fold(ResponsesProvider.DecodeStream(ResponsesProvider.Stream(
            Created,
            Added(0, """{"type":"reasoning","id":"rs_1","summary":[]}"""),
            """{"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"hm"}""",
            Added(1, """{"type":"message","id":"msg_1","role":"assistant","content":[]}"""),
            """{"type":"response.output_text.delta","output_index":1,"content_index":0,"delta":"4"}""",
            """{"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"!"}""",
            """{"type":"response.refusal.delta","output_index":1,"content_index":1,"delta":"no"}""",
            """{"type":"response.completed","response":{"id":"resp_1","status":"completed","output":[]}}""")));

        Assert.Equal(
            ["ReasoningPart hm!", "TextPart 4", "RefusalPart no"],
            fold.ToResponse().Choices[0].Parts.Select(part => part switch
            {
                ReasoningPart reasoning => "ReasoningPart " + reasoning.Text,
                TextPart text => "TextPart " + text.Text,
                RefusalPart refusal => "RefusalPart " + refusal.Text,
                _ => "",
            }));
    }

    [Fact]
    public void Logprobs_OfPieces_AreThoseOfTheWhole()
    {
        const string Token = """{"token":"a","logprob":-0.25,"bytes":[97],"top_logprobs":[]}""";
        string item =
            $$"""{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"a","annotations":[],"logprobs":[{{Token}}]}]}""";

        ChatResponse whole = ResponsesProvider.Decode(Whole("completed", item));
        ChatResponse streamed = Chat.ChatWire.Fold(ResponsesProvider.DecodeStream(ResponsesProvider.Stream(
            Created,
            Added(0, """{"type":"message","id":"msg_1","role":"assistant","content":[]}"""),
            $$"""{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"a","logprobs":[{{Token}}]}""",
            Done(0, item),
            $$"""{"type":"response.completed","response":{{Whole("completed", item)}}}"""))).ToResponse();

        Assert.Equal("a", Assert.Single(whole.Choices[0].Logprobs!.Content!).Token);
        Assert.Equal(
            Assert.Single(whole.Choices[0].Logprobs!.Content!).Logprob,
            Assert.Single(streamed.Choices[0].Logprobs!.Content!).Logprob);
    }

    private static string Added(int index, string item) =>
        $$"""{"type":"response.output_item.added","output_index":{{index}},"item":{{item}}}""";

    private static string Done(int index, string item) =>
        $$"""{"type":"response.output_item.done","output_index":{{index}},"item":{{item}}}""";

    private static string Whole(string status, params string[] items) =>
        $$"""{"id":"resp_1","object":"response","created_at":5,"model":"gpt-x","status":"{{status}}","service_tier":"default","error":null,"incomplete_details":null,"output":[{{string.Join(',', items)}}],{{Usage}}}""";

    private static string Told(ContentPart part) => JsonSerializer.Serialize<object>(part switch
    {
        ReasoningPart reasoning => (reasoning.Text, reasoning.Id, reasoning.State).ToString(),
        TextPart text => (text.Text, text.Id, string.Join(',', text.Citations.Select(
            citation => (citation.Sources[0], citation.StartIndex, citation.EndIndex)))).ToString(),
        _ => part with { Extensions = [] },
    });
}
