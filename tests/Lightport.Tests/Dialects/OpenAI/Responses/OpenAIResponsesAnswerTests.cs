using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What a client of Responses is told, whoever answers.</summary>
public sealed class OpenAIResponsesAnswerTests : IDisposable
{
    private const string Ask = """{"model":"claude","input":"hi","stream":STREAM}""";

    /// <summary>Thinking, words, and a call, as Claude tells them.</summary>
    private const string Messages = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
          {"type":"thinking","thinking":"Hm.","signature":"c2ln"},
          {"type":"text","text":"Look: "},{"type":"text","text":"here.","citations":[
            {"type":"web_search_result_location","url":"https://x.example","title":"X","encrypted_index":"e","cited_text":"here"}]},
          {"type":"tool_use","id":"toolu_1","name":"f","input":{"a":1}}],
         "stop_reason":"tool_use","stop_sequence":null,
         "usage":{"input_tokens":9,"cache_read_input_tokens":5,"cache_creation_input_tokens":2,"output_tokens":3}}
        """;

    private readonly TestGateway _gateway = new("models: { claude: [anthropic/claude-sonnet-4-5], m: [loose/x] }");

    [Fact]
    public async Task Answer_Whole_IsOneResponse()
    {
        JsonObject response = await WholeAsync(Messages);

        ResponsesStreamLaws.CheckResponse(response, "completed");
        string id = ((string)response["id"]!)["resp_".Length..];
        Assert.Equal(
            $$"""
            [{"id":"rs_{{id}}_0","type":"reasoning","summary":[{"type":"summary_text","text":"Hm."}],"encrypted_content":"ENVELOPE","status":"completed"},
            {"id":"msg_{{id}}_1","type":"message","status":"completed","role":"assistant","content":[
            {"type":"output_text","text":"Look: ","annotations":[],"logprobs":[]},
            {"type":"output_text","text":"here.","annotations":[{"type":"url_citation","url":"https://x.example","title":"X","start_index":0,"end_index":5}],"logprobs":[]}]},
            {"id":"fc_{{id}}_2","type":"function_call","status":"completed","arguments":"{\"a\":1}","call_id":"toolu_1","name":"f"}]
            """.ReplaceLineEndings(""),
            Plain(response["output"]!).Replace((string)response["output"]![0]!["encrypted_content"]!, "ENVELOPE", StringComparison.Ordinal));
        Assert.Equal(
            """{"input_tokens":16,"input_tokens_details":{"cached_tokens":5,"cache_write_tokens":2},"output_tokens":3,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":19}""",
            response["usage"]!.ToJsonString());
        Assert.StartsWith("lp2.anthropic-claude-v1.s.", (string?)response["output"]![0]!["encrypted_content"]);
    }

    [Fact]
    public async Task Answer_InPieces_IsTheSameResponse()
    {
        JsonObject whole = await WholeAsync(Messages);
        JsonObject streamed = await StreamAsync(Streamed(Messages));

        Assert.Equal(Unnamed(whole), Unnamed(streamed));
    }

    [Fact]
    public void Calls_OfWhichTheFirstHasAState_HaveAPlaceEach()
    {
        var state = new OpaqueState("google-gemini-v1", "c2ln");

        string stream = ResponsesWire.EncodeStream(
        [
            new StreamEvent.ResponseStart("x", "m", 1),
            new StreamEvent.PartStart(0, new ToolCallPart("c1", "f", "") { State = state }),
            new StreamEvent.ToolCallDelta(0, "{}"),
            new StreamEvent.PartEnd(0),
            new StreamEvent.PartStart(1, new ToolCallPart("c2", "f", "")),
            new StreamEvent.ToolCallDelta(1, "{}"),
            new StreamEvent.PartEnd(1),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.ToolCalls)),
        ]);

        string[] places = [.. stream.Split('\n')
            .Where(line => line.Contains("\"response.output_item.added\"", StringComparison.Ordinal))
            .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line["data: ".Length..])!["output_index"]!.ToJsonString())];
        Assert.Equal(["0", "1", "2"], places);
    }

    [Theory]
    [InlineData("max_tokens", "max_output_tokens")]
    [InlineData("refusal", "content_filter")]
    public async Task Answer_CutOff_IsIncomplete(string stop, string reason)
    {
        string body = $$"""
            {"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"a"}],
             "stop_reason":"{{stop}}","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1} }
            """;
        JsonObject whole = await WholeAsync(body);
        JsonObject streamed = await StreamAsync(Streamed(body));

        ResponsesStreamLaws.CheckResponse(whole, "incomplete");
        Assert.Equal(reason, (string?)whole["incomplete_details"]!["reason"]);
        Assert.Equal("incomplete", (string?)whole["output"]![0]!["status"]);
        Assert.Equal(Unnamed(whole), Unnamed(streamed));
    }

    [Fact]
    public async Task Stream_ThatBreaksOff_FailsAndLeavesTheCallOpen()
    {
        string events = Streamed(Messages);
        string cut = events[..events.IndexOf("event: message_delta", StringComparison.Ordinal)];
        cut = cut[..cut.LastIndexOf("event: content_block_stop", StringComparison.Ordinal)];

        JsonObject failed = await StreamAsync(cut);

        Assert.Equal("failed", (string?)failed["status"]);
        Assert.Equal("server_error", (string?)failed["error"]!["code"]);
        Assert.DoesNotContain("\"status\":\"completed\",\"arguments\"", failed.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_RepeatsItsRequest()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, """
            {"model":"claude","input":"hi","instructions":"Be brief.","temperature":0.5,"metadata":{"a":"b"},
             "tools":[{"type":"function","name":"f"}],"text":{"format":{"type":"json_object"}}}
            """);

        Assert.Equal("Be brief.", (string?)call.Json["instructions"]);
        Assert.Equal(0.5, (double?)call.Json["temperature"]);
        Assert.Equal("""{"a":"b"}""", call.Json["metadata"]!.ToJsonString());
        Assert.Equal(
            """[{"type":"function","name":"f","parameters":null,"strict":null}]""", call.Json["tools"]!.ToJsonString());
        Assert.Equal("""{"format":{"type":"json_object"}}""", call.Json["text"]!.ToJsonString());
        Assert.Equal("auto", (string?)call.Json["tool_choice"]);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> WholeAsync(string answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, Ask.Replace("STREAM", "false", StringComparison.Ordinal));
        Assert.True(call.Status == 200, call.Text);
        return call.Json;
    }

    private async Task<JsonObject> StreamAsync(string events)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(events));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, Ask.Replace("STREAM", "true", StringComparison.Ordinal));
        Assert.True(call.Status == 200, call.Text);
        return ResponsesStreamLaws.Check(call.Text);
    }

    private static string Streamed(string message) =>
        Wire.EncodeStream(ResponseReplay.Events(Wire.DecodeResponse(message)));

    private static string Plain(JsonNode node) => Prefix.PlainJson.Of(node);

    /// <summary>The response without the ids that each request has of its own.</summary>
    private static string Unnamed(JsonObject response)
    {
        string id = ((string)response["id"]!)["resp_".Length..];
        return Plain(response).Replace(id, "ID", StringComparison.Ordinal);
    }
}
