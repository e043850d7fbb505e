using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

public sealed class AnthropicMessagesRequestDecoderTests
{
    [Fact]
    public void DecodeRequest_FieldOfATurnOfResultsOnly_IsKept()
    {
        ChatRequest request = Wire.DecodeRequest("""
            {"model":"m","max_tokens":1,"messages":[
              {"role":"user","output_config":{"effort":"low"},"content":[{"type":"tool_result","tool_use_id":"t"}]}]}
            """);

        Assert.Equal("output_config", Assert.Single(Assert.Single(request.Messages).Extensions).Name);
    }

    [Fact]
    public void DecodeRequest_BillingLine_IsAPartOfItsOwnThatOnlyMessagesSays()
    {
        ChatRequest request = Wire.DecodeRequest("""
            {"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}],
             "system":[{"type":"text","text":" x-anthropic-billing-header: cch=1;\n\nBe brief.","cache_control":{"type":"ephemeral"}}]}
            """);

        var line = Assert.IsType<OpaquePart>(request.Messages[0].Parts[0]);
        var rest = Assert.IsType<TextPart>(request.Messages[0].Parts[1]);
        Assert.True(line.IsAside);
        Assert.Equal("""{"type":"text","text":"x-anthropic-billing-header: cch=1;"}""", line.Json.GetRawText());
        Assert.Equal(("Be brief.", new CacheControl(null)), (rest.Text, rest.Cache));
        Assert.Equal(
            """[{"type":"text","text":"x-anthropic-billing-header: cch=1;"},{"type":"text","text":"Be brief.","cache_control":{"type":"ephemeral"}}]""",
            Wire.Encode(request)["system"]!.ToJsonString());
    }

    [Fact]
    public void DecodeRequest_CodingAgentsBody_KeepsEveryTurnAndMark()
    {
        ChatRequest request = Wire.DecodeRequest("""
            {"model":"claude-sonnet-5","max_tokens":32000,"stream":true,
             "system":[{"type":"text","text":"x-anthropic-billing-header: a"},
                       {"type":"text","text":"You are an agent.","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "messages":[
               {"role":"user","content":[{"type":"text","text":"<system-reminder>r</system-reminder>"},{"type":"text","text":"go"}]},
               {"role":"system","content":"Be brief.","output_config":{"effort":"low"}},
               {"role":"assistant","content":[
                 {"type":"thinking","thinking":"","signature":"c2ln"},
                 {"type":"tool_use","id":"toolu_1","name":"Read","input":{"path":"a"}}]},
               {"role":"user","content":[
                 {"type":"text","text":"and then"},
                 {"type":"tool_result","tool_use_id":"toolu_1","content":"no such file","is_error":true,
                  "cache_control":{"type":"ephemeral"}}]}],
             "tools":[{"name":"Read","description":"d","input_schema":{"type":"object","$schema":"s"},"defer_loading":true},
                      {"type":"web_search_20250305","name":"web_search","max_uses":2}],
             "tool_choice":{"type":"auto","disable_parallel_tool_use":true},
             "thinking":{"type":"enabled","budget_tokens":31999,"display":"omitted"},
             "output_config":{"effort":"high","task_budget":{"total":1}},
             "metadata":{"user_id":"{\"device\":1}"},"stop_sequences":["a","b"],"service_tier":"standard_only",
             "context_management":{"edits":[{"type":"clear_thinking_20251015"}]}}
            """);

        Assert.Equal(DialectIds.AnthropicMessages, request.Dialect);
        Assert.True(request.Stream);
        Assert.True(request.IncludeUsage);
        Assert.Equal(
            [Role.System, Role.User, Role.System, Role.Assistant, Role.Tool, Role.User],
            request.Messages.Select(message => message.Role));
        Assert.True(Assert.IsType<OpaquePart>(request.Messages[0].Parts[0]).IsAside);
        Assert.Equal(new CacheControl("1h"), request.Messages[0].Parts[1].Cache);
        Assert.Equal("output_config", Assert.Single(request.Messages[2].Extensions).Name);
        var thought = Assert.IsType<ReasoningPart>(request.Messages[3].Parts[0]);
        Assert.Equal(new OpaqueState(StateFormats.Anthropic, "c2ln"), thought.State);
        Assert.Equal("""{"path":"a"}""", Assert.IsType<ToolCallPart>(request.Messages[3].Parts[1]).Arguments);
        var result = Assert.IsType<ToolResultPart>(Assert.Single(request.Messages[4].Parts));
        Assert.True(result.IsError);
        Assert.NotNull(result.Cache);
        Assert.Equal(new TextPart("no such file"), Assert.Single(result.Parts));
        Assert.True(request.Tools[0].DeferLoading);
        Assert.Equal(ToolKind.Server, request.Tools[1].Kind);
        Assert.Equal(ToolChoice.Auto, request.ToolChoice);
        Assert.False(request.Options.ParallelToolCalls);
        Assert.Equal(
            new ReasoningOptions
            {
                Field = "thinking",
                Enabled = true,
                BudgetTokens = 31999,
                Effort = "low",
                StandingEffort = "high",
                Display = "omitted",
            },
            request.Options.Reasoning);
        Assert.Equal("""{"device":1}""", request.Options.User);
        Assert.Equal("default", request.Options.ServiceTier);
        Assert.Equal(["a", "b"], request.Options.Stop);
        Assert.Equal(["context_management", "output_config.task_budget"], request.Extensions.Select(e => e.Name));
    }

    [Fact]
    public void DecodeRequest_MediaAndDocuments_TellsEachSource()
    {
        ChatRequest request = Wire.DecodeRequest("""
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[
              {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
              {"type":"image","source":{"type":"url","url":"https://a/b.png"}},
              {"type":"image","source":{"type":"file","file_id":"file_1"}},
              {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},
               "title":"t.pdf","context":"c","citations":{"enabled":true}},
              {"type":"document","source":{"type":"text","media_type":"text/plain","data":"plain"}},
              {"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}},
              {"type":"container_upload","file_id":"file_2"}]}]}
            """);

        IReadOnlyList<ContentPart> parts = request.Messages[0].Parts;
        Assert.Equal(MediaSource.FromBase64("AAAA", "image/png"), ((ImagePart)parts[0]).Source);
        Assert.Equal(MediaSource.FromUrl("https://a/b.png"), ((ImagePart)parts[1]).Source);
        Assert.Equal(MediaSource.FromFileId("file_1"), ((ImagePart)parts[2]).Source);
        var pdf = (FilePart)parts[3];
        Assert.Equal(("t.pdf", "c", true), (pdf.Filename, pdf.Context, pdf.Citations));
        Assert.Equal(MediaSource.FromText("plain"), ((FilePart)parts[4]).Source);
        Assert.Equal(2, ((FilePart)parts[5]).Contents.Count);
        Assert.Equal("container_upload", ((OpaquePart)parts[6]).Kind);
    }

    [Fact]
    public void DecodeRequest_ToolSearchResult_NamesTheToolsFound()
    {
        ChatRequest request = Wire.DecodeRequest("""
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t",
              "content":[{"type":"tool_reference","tool_name":"Edit"},{"type":"text","text":"x"}]}]}]}
            """);

        var result = (ToolResultPart)request.Messages[0].Parts[0];
        Assert.Equal(["Edit"], result.ToolReferences);
        Assert.Equal([new TextPart("x")], result.Parts);
    }

    [Fact]
    public void DecodeRequest_EnvelopeInSignature_ComesBackAsItsMakersState()
    {
        string foreign = new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true).ToEnvelope();
        string none = new OpaqueState(StateFormats.None, "").ToEnvelope();
        ChatRequest request = Wire.DecodeRequest($$"""
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"},{"role":"assistant","content":[
              {"type":"thinking","thinking":"a","signature":"{{foreign}}"},
              {"type":"thinking","thinking":"b","signature":"{{none}}"},
              {"type":"redacted_thinking","data":"ZGF0YQ=="}]}]}
            """);

        ReasoningPart[] parts = [.. request.Messages[1].Parts.Cast<ReasoningPart>()];
        Assert.Equal(new OpaqueState(StateFormats.OpenAI, "enc", Redacted: true), parts[0].State);
        Assert.Null(parts[1].State);
        Assert.Equal(new OpaqueState(StateFormats.Anthropic, "ZGF0YQ==", Redacted: true), parts[2].State);
    }

    [Theory]
    [InlineData("output_config", """{"format":{"type":"json_schema","schema":{"type":"object"}}}""")]
    [InlineData("output_format", """{"type":"json_schema","schema":{"type":"object"}}""")]
    public void DecodeRequest_StructuredOutput_IsReadFromBothItsPlaces(string field, string value)
    {
        ChatRequest request = Wire.DecodeRequest(
            $$"""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}],"{{field}}":{{value}}}""");

        Assert.Equal(ResponseFormatKind.JsonSchema, request.Options.ResponseFormat!.Kind);
    }

    [Fact]
    public void DecodeRequest_ThreadCreated_IsRefusedSoThatClientsSendAllWithoutOne()
    {
        GatewayError error = Wire.RefusedRequest("""
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}],"thread":{"type":"create"}}
            """);

        Assert.Equal(400, error.Status);
        Wire.Same("""{"error_code":"thread_unsupported_request","unsupported":["thread"]}""", Json(error.Details));
    }

    [Fact]
    public void DecodeRequest_ThreadContinued_IsNotFoundSoThatClientsBeginAnew()
    {
        GatewayError error = Wire.RefusedRequest("""
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t"}]}],
             "thread":{"type":"continue","previous_message_id":"msg_1"}}
            """);

        Assert.Equal((404, ErrorKind.NotFound), (error.Status, error.Kind));
        Wire.Same("""{"error_code":"thread_not_found"}""", Json(error.Details));
    }

    [Theory]
    [InlineData("""[]""", null)]
    [InlineData("""{"model":"m","model":"n","max_tokens":1,"messages":[{"role":"user","content":"q"}]}""", null)]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}]""", null)]
    [InlineData("""{"max_tokens":1,"messages":[{"role":"user","content":"q"}]}""", "model")]
    [InlineData("""{"model":7,"max_tokens":1,"messages":[{"role":"user","content":"q"}]}""", "model")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"q"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":"9","messages":[{"role":"user","content":"q"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":0,"messages":[{"role":"user","content":"q"}]}""", "max_tokens")]
    [InlineData("""{"model":"m","max_tokens":1}""", "messages")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[]}""", "messages")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":{}}""", "messages")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":["q"]}""", "messages[0]")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"tool","content":"q"}]}""", "messages[0].role")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"text":"q"}]}]}""", "messages[0].content[0].type")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"text"}]}]}""", "messages[0].content[0].text")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}],"tools":[{}]}""", "tools[0].name")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}],"tool_choice":"any"}""", "tool_choice")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}],"stop_sequences":[1]}""", "stop_sequences[0]")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"q"}],"stream":"yes"}""", "stream")]
    public void DecodeRequest_Malformed_NamesTheField(string body, string? field)
    {
        GatewayError error = Wire.RefusedRequest(body);

        Assert.Equal((400, ErrorKind.InvalidRequest, field), (error.Status, error.Kind, error.Param));
    }

    [Fact]
    public void DecodeRequest_TooDeepOrNotUtf8_IsRefused()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 80)) + string.Concat(Enumerable.Repeat("]", 80));
        Assert.Equal(400, Wire.RefusedRequest($$"""{"model":"m","x":{{deep}}}""").Status);
        Assert.Throws<GatewayException>(() => Wire.Dialect.DecodeRequest(new byte[] { 0x7B, 0x22, 0xFF, 0x22, 0x7D }));
    }

    [Fact]
    public void DecodeRequest_HalfASurrogatePair_BecomesAReplacementCharacter()
    {
        ChatRequest request = Wire.DecodeRequest(
            """{"model":"m","max_tokens":1,"messages":[{"role":"user","content":"a\ud83d b \ud83d\ude00\n"}]}""");

        Assert.Equal(new TextPart("a\uFFFD b \ud83d\ude00\n"), request.Messages[0].Parts[0]);
    }

    private static System.Text.Json.Nodes.JsonNode? Json(string? text) => System.Text.Json.Nodes.JsonNode.Parse(text!);
}
