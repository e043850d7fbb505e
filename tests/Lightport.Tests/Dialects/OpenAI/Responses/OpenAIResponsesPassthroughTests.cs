using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Tests.Exchanges;
using Lightport.Usage;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Responses between a client and a provider that both speak it: the same bytes, and the facts of them.</summary>
public sealed class OpenAIResponsesPassthroughTests : IDisposable
{
    private const string Usage =
        "\"usage\":{\"input_tokens\":20,\"input_tokens_details\":{\"cached_tokens\":8},\"output_tokens\":9,\"output_tokens_details\":{\"reasoning_tokens\":3},\"total_tokens\":29}";

    private const string Created =
        """{"type":"response.created","sequence_number":0,"response":{"id":"resp_1","created_at":5,"model":"gpt-x","status":"in_progress"}}""";

    private const string Text =
        """{"type":"response.output_text.delta","sequence_number":1,"output_index":0,"content_index":0,"delta":"Hello"}""";

    private const string Searched =
        """{"type":"response.output_item.done","sequence_number":2,"output_index":0,"item":{"type":"web_search_call","id":"ws_1","status":"completed","action":{"type":"search","query":"q"}}}""";

    private const string Request = """{"model":"m","input":"hi","store":true,"future":1}""";

    private static readonly string Completed =
        $$$"""{"type":"response.completed","sequence_number":3,"response":{"id":"resp_1","model":"gpt-x","status":"completed","output":[],{{{Usage}}}}}""";

    private readonly TestGateway _gateway = new("models: { m: { targets: [openai/gpt-4o], retry: { attempts: 1 } } }");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public async Task Stream_OfAnExactProvider_ReachesTheClientByteForByte(int piece)
    {
        string sse = ResponsesProvider.Stream(Created, Text, Searched, Completed);
        _gateway.Upstream.Answer(new ScriptedResponse(
            200, "text/event-stream", new CutBody(Encoding.UTF8.GetBytes(sse), piece)));

        ClientCall call = await SendStreamAsync();

        Assert.Equal(sse, call.Text);
        UsageRecord record = _gateway.Record;
        Assert.Equal(
            new TokenUsage { Input = 12, CacheRead = 8, Output = 6, Reasoning = 3, WebSearches = 1 }, record.Usage);
        Assert.Equal(FinishReason.Stop, record.Finish);
    }

    [Fact]
    public async Task Whole_Answer_ReachesTheClientByteForByte()
    {
        string body = $$"""
            { "id":"resp_1", "model":"gpt-x", "status":"incomplete", "incomplete_details":{"reason":"max_output_tokens"},
              "output":[{"type":"message","content":[{"type":"output_text","text":"He"}]}], {{Usage}}, "error":null }
            """;
        _gateway.Upstream.Answer(ScriptedResponse.Json(body));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, Request);

        Assert.Equal(body, call.Text);
        Assert.Equal((29L, FinishReason.Length), (_gateway.Record.Usage!.Total, _gateway.Record.Finish));
        Assert.Equal("""{"model":"gpt-4o","input":"hi","store":true,"future":1}""", _gateway.Upstream.Last.Body);
    }

    [Fact]
    public async Task Stream_ThatIsCut_EndsInAFailureWithTheAnswersName()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(ResponsesProvider.Stream(Created, Text)));

        ClientCall call = await SendStreamAsync();

        string last = call.Text.Split("event: ")[^1];
        Assert.StartsWith("response.failed\n", last, StringComparison.Ordinal);
        JsonNode data = JsonNode.Parse(last[(last.IndexOf("data: ", StringComparison.Ordinal) + 6)..])!;
        Assert.Equal(2, (int?)data["sequence_number"]);
        Assert.Equal(
            ("resp_1", "failed", "upstream_error"),
            ((string?)data["response"]!["id"], (string?)data["response"]!["status"], (string?)data["response"]!["error"]!["code"]));
        Assert.True(_gateway.Record.Usage!.Estimated);
        Assert.NotNull(_gateway.Record.Error);
    }

    [Fact]
    public async Task Failure_InMidStream_IsTheProvidersOwn()
    {
        string failed =
            $$$"""{"type":"response.failed","sequence_number":2,"response":{"id":"resp_1","status":"failed","error":{"code":"server_error","message":"boom"},{{{Usage}}}}}""";
        string sse = ResponsesProvider.Stream(Created, Text, failed);
        _gateway.Upstream.Answer(ScriptedResponse.Events(sse));

        ClientCall call = await SendStreamAsync();

        Assert.Equal(sse, call.Text);
        Assert.Equal((29L, "boom"), (_gateway.Record.Usage!.Total, _gateway.Record.Error?.Message));
    }

    [Theory]
    [InlineData("""{"type":"error","code":"invalid_prompt","message":"no","param":null,"sequence_number":1}""", 400)]
    [InlineData("""{"type":"response.failed","response":{"id":"resp_1","status":"failed","error":{"code":"server_error","message":"no"}}}""", 502)]
    public async Task Failure_BeforeContent_IsAnErrorWithAStatus(string last, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(ResponsesProvider.Stream(Created, last)));

        ClientCall call = await SendStreamAsync();

        Assert.Equal((status, "no"), (call.Status, call.Error("message")));
    }

    [Fact]
    public async Task Failure_InAWholeAnswer_IsAnErrorWithAStatus()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            """{"id":"resp_1","status":"failed","output":[],"error":{"code":"invalid_prompt","message":"no"}}"""));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, Request);

        Assert.Equal((400, "no", "invalid_prompt"), (call.Status, call.Error("message"), call.Error("code")));
    }

    [Theory]
    [InlineData(
        """[{"type":"reasoning","encrypted_content":"lp2.anthropic-claude-v1.s.YQ.bQ.AA","summary":[]},{"role":"user","content":"x"}]""",
        """[{"role":"user","content":"x"}]""")]
    [InlineData(
        """[{"role":"user","content":"say \"lp1.\""}, {"type":"reasoning","encrypted_content":"gAAA"}]""",
        """[{"role":"user","content":"say \"lp1.\""}, {"type":"reasoning","encrypted_content":"gAAA"}]""")]
    [InlineData(
        """[{"type":"reasoning","id":"rs_req_1_0","summary":[]},{"role":"user","content":"x"}]""",
        """[{"role":"user","content":"x"}]""")]
    [InlineData(
        """[{"id":"rs_req_1_0","type":"reasoning","encrypted_content":null,"summary":[]},{"type":"reasoning","id":"rs_0a","summary":[]}]""",
        """[{"type":"reasoning","id":"rs_0a","summary":[]}]""")]
    [InlineData(
        """[{"type":"reasoning","id":"rs_req_1_0","encrypted_content":"gAAA"}]""",
        """[{"type":"reasoning","id":"rs_req_1_0","encrypted_content":"gAAA"}]""")]
    public async Task History_WithTheGatewaysOwnMark_GoesWithoutIt(string input, string expected)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json($$"""{"id":"r","status":"completed","output":[],{{Usage}}}"""));

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, $$"""{"model":"m","input":{{input}},"x":1}""");

        Assert.Equal($$"""{"model":"gpt-4o","input":{{expected}},"x":1}""", _gateway.Upstream.Last.Body);
        Assert.Equal(
            input == expected ? null : "reasoning.encrypted_content", call.Header("x-lightport-dropped"));
    }

    [Fact]
    public void Stream_WithoutEventNames_IsReadToo()
    {
        var relay = new OpenAIResponsesRelay(promptTokens: 0);
        string sse = $"data: {Created}\n\ndata: {Text}\n\ndata: {Completed}\n\ndata: [DONE]\n\n";

        string passed = ResponsesProvider.Relay(relay, sse, piece: 3);

        Assert.Equal(sse.Replace("data: [DONE]\n\n", "", StringComparison.Ordinal), passed);
        Assert.Equal((29L, "resp_1"), (relay.Usage!.Total, relay.ResponseId));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendStreamAsync() => _gateway.SendAsync(
        GatewayEndpoints.Responses, """{"model":"m","input":"hi","stream":true}""");
}
