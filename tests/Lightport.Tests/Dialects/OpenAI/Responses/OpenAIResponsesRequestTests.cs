using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What a provider of another dialect hears of a request.</summary>
public sealed class OpenAIResponsesRequestTests : IDisposable
{
    /// <summary>A turn in the middle of an agent's work, as Codex sends it.</summary>
    private const string Codex = """
        {"model":"MODEL","input":[
          {"type":"message","role":"developer","content":[{"type":"input_text","text":"You are an agent."}],"id":"msg_a"},
          {"type":"message","role":"user","content":[{"type":"input_text","text":"Fix it."}]},
          {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"content":null,
           "encrypted_content":"lp1.anthropic-claude-v1.s.c2ln"},
          {"type":"message","role":"assistant","id":"msg_b","status":"completed","phase":"commentary",
           "content":[{"type":"output_text","text":"I look.","annotations":[],"logprobs":[]}]},
          {"type":"function_call","id":"fc_1","call_id":"c1","namespace":"agents","name":"spawn","arguments":"{\"n\":1}","status":"completed"},
          {"type":"custom_tool_call","id":"ctc_1","call_id":"c2","name":"apply_patch","input":"*** Begin","status":"completed"},
          {"type":"function_call_output","call_id":"c1","output":"done","id":"fco_1"},
          {"type":"custom_tool_call_output","call_id":"c2","output":[{"type":"input_text","text":"ok"}]}],
         "tools":[
          {"type":"function","name":"shell","description":"Runs.","strict":false,"parameters":{"type":"object","properties":{"c":{"type":"string"}}}},
          {"type":"namespace","name":"agents","description":"Others.","tools":[
            {"type":"function","name":"spawn","description":"Starts one.","strict":false,"parameters":{"type":"object","properties":{}}}]},
          {"type":"custom","name":"apply_patch","description":"Edits.","format":{"type":"grammar","syntax":"lark","definition":"start: x"}},
          {"type":"web_search","external_web_access":true}],
         "tool_choice":"auto","parallel_tool_calls":true,"store":false,"stream":false,
         "include":["reasoning.encrypted_content"],"prompt_cache_key":"k","client_metadata":{"a":"b"},
         "reasoning":{"effort":"high","summary":"auto"},"text":{"verbosity":"low"},"max_output_tokens":9000}
        """;

    private readonly TestGateway _gateway = new("""
        models:
          claude: [anthropic/claude-sonnet-4-5]
          chat: { targets: [{ to: openai/gpt-5, traits: { endpoint: openai-chat, endpoint-always: on } }] }
          loose: [loose/x]
        """);

    [Fact]
    public async Task Agent_ToMessages_IsHeardWhole()
    {
        JsonObject body = await SendAsync("claude", Codex, Wires.MessagesAnswer);

        Assert.Equal("""[{"type":"text","text":"You are an agent."}]""", body["system"]!.ToJsonString());
        Wire.Same(
            """
            [{"role":"user","content":[{"type":"text","text":"Fix it."}]},
             {"role":"assistant","content":[
               {"type":"thinking","thinking":"Hm.","signature":"sig"},
               {"type":"text","text":"I look."},
               {"type":"tool_use","id":"c1","name":"agents__spawn","input":{"n":1}},
               {"type":"tool_use","id":"c2","name":"apply_patch","input":{"input":"*** Begin"}}]},
             {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"c1","content":[{"type":"text","text":"done"}]},
               {"type":"tool_result","tool_use_id":"c2","content":[{"type":"text","text":"ok"}]}]}]
            """,
            body["messages"]);
        Assert.Equal(
            ["shell", "agents__spawn", "apply_patch"],
            body["tools"]!.AsArray().Select(tool => (string)tool!["name"]!));
        Assert.Equal(9000, (int)body["max_tokens"]!);
    }

    [Fact]
    public async Task Agent_ToChat_IsHeardWhole()
    {
        JsonObject body = await SendAsync("chat", Codex, Wires.ChatAnswer);

        Wire.Same(
            """
            [{"role":"developer","content":"You are an agent."},
             {"role":"user","content":"Fix it."},
             {"role":"assistant","content":"I look.","tool_calls":[
               {"id":"c1","type":"function","function":{"name":"agents__spawn","arguments":"{\"n\":1}"}},
               {"id":"c2","type":"custom","custom":{"name":"apply_patch","input":"*** Begin"}}]},
             {"role":"tool","tool_call_id":"c1","content":"done"},
             {"role":"tool","tool_call_id":"c2","content":"ok"}]
            """,
            body["messages"]);
        Assert.Equal("Starts one.\n\nagents: Others.", (string?)body["tools"]![1]!["function"]!["description"]);
        Assert.Equal(("high", "low", "k"), ((string?)body["reasoning_effort"], (string?)body["verbosity"], (string?)body["prompt_cache_key"]));
        Assert.Equal(9000, (int)body["max_completion_tokens"]!);
    }

    [Fact]
    public async Task CustomTool_ToAServerThatKnowsNone_IsAFunctionOfOneText()
    {
        ClientCall call = await CallAsync("loose", Codex, """
            {"id":"c","object":"chat.completion","created":1,"model":"g","choices":[{"index":0,"message":{"role":"assistant","content":null,
             "tool_calls":[{"id":"c3","type":"function","function":{"name":"apply_patch","arguments":"{\"input\":\"*** Begin\"}"}}]},
             "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
            """);

        JsonNode body = _gateway.Upstream.Last.Json;
        Wire.Same(
            """
            {"type":"function","function":{"name":"apply_patch",
             "description":"Edits.\n\nThe input must match this lark grammar:\nstart: x",
             "parameters":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"],"additionalProperties":false}}}
            """,
            body["tools"]![2]);
        Wire.Same(
            """{"id":"c2","type":"function","function":{"name":"apply_patch","arguments":"{\"input\":\"*** Begin\"}"}}""",
            body["messages"]![2]!["tool_calls"]![1]);
        Assert.Equal(
            ("custom_tool_call", "*** Begin"),
            ((string?)call.Json["output"]![0]!["type"], (string?)call.Json["output"]![0]!["input"]));
        Assert.Contains("tools[2].format", call.Header("x-lightport-dropped"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsLost_IsTold()
    {
        ClientCall call = await CallAsync("chat", Codex, Wires.ChatAnswer);

        Assert.Equal(
            "reasoning.encrypted_content,messages[].content[].phase,client_metadata,tools[3].web_search",
            call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task CallOfATool_OfANamespace_IsToldByItsOwnName()
    {
        ClientCall call = await CallAsync("claude", Codex, """
            {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[
              {"type":"tool_use","id":"t1","name":"agents__spawn","input":{}},
              {"type":"tool_use","id":"t2","name":"apply_patch","input":{"input":"*** Begin"}}],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}
            """);

        JsonArray output = call.Json["output"]!.AsArray();
        Assert.Equal(("agents", "spawn", "{}"), ((string?)output[0]!["namespace"], (string?)output[0]!["name"], (string?)output[0]!["arguments"]));
        Assert.Equal(
            ("custom_tool_call", "apply_patch", "*** Begin"),
            ((string?)output[1]!["type"], (string?)output[1]!["name"], (string?)output[1]!["input"]));
    }

    [Fact]
    public async Task ToolSearch_OfTheClient_FindsTools()
    {
        JsonObject body = await SendAsync("chat", """
            {"model":"MODEL","input":[
              {"role":"user","content":"hi"},
              {"type":"tool_search_call","call_id":"s1","execution":"client","arguments":{"query":"mail"},"status":"completed"},
              {"type":"tool_search_output","call_id":"s1","execution":"client","status":"completed","tools":[
                {"type":"namespace","name":"mail","description":"","tools":[{"type":"function","name":"send","parameters":{"type":"object","properties":{}}}]}]}],
             "tools":[{"type":"tool_search","execution":"client","description":"Finds.","parameters":{"type":"object","properties":{"query":{"type":"string"}}}}]}
            """, Wires.ChatAnswer);

        Assert.Equal(
            ["tool_search", "mail__send"],
            body["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!));
        Assert.Equal(
            """{"name":"tool_search","arguments":"{\u0022query\u0022:\u0022mail\u0022}"}""",
            body["messages"]![1]!["tool_calls"]![0]!["function"]!.ToJsonString());
        Assert.Equal("Tools now available: mail__send", (string?)body["messages"]![2]!["content"]);
    }

    [Fact]
    public async Task AdditionalTools_AreOffered_AndAProgramOfTheProvidersIsLeftOutAndTold()
    {
        ClientCall call = await CallAsync("chat", """
            {"model":"MODEL","input":[
              {"role":"user","content":"hi"},
              {"type":"program","id":"prog_1","call_id":"p1","code":"look()","fingerprint":"f"},
              {"type":"program_output","id":"po_1","call_id":"p1","result":"seen","status":"completed"},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"I looked.","annotations":[]}]},
              {"type":"additional_tools","role":"developer","tools":[
                {"type":"function","name":"look","parameters":{"type":"object","properties":{}}}]},
              {"role":"user","content":"go"}],
             "tools":[{"type":"function","name":"read","parameters":{"type":"object","properties":{}}}]}
            """, Wires.ChatAnswer);

        JsonNode body = _gateway.Upstream.Last.Json;
        Assert.Equal(["read", "look"], body["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!));
        Wire.Same(
            """
            [{"role":"user","content":"hi"},{"role":"assistant","content":"I looked."},{"role":"user","content":"go"}]
            """,
            body["messages"]);
        Assert.Equal("program,program_output", call.Header("x-lightport-dropped"));
    }

    /// <summary>Only its maker can read it, and to leave it out would leave the conversation out.</summary>
    [Theory]
    [InlineData("claude")]
    [InlineData("chat")]
    public async Task Compaction_ToAnotherDialect_IsRefusedByName(string model)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, $$"""
            {"model":"{{model}}","input":[{"type":"compaction","id":"cmp_1","encrypted_content":"gAAA"},
              {"role":"user","content":"go"}]}
            """);

        Assert.Equal(400, call.Status);
        Assert.Contains("compaction", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("tool_search", """{"query":"x"}""", "tool_search_call", "arguments", """{"query":"x"}""")]
    [InlineData("local_shell", """{"command":["ls"]}""", "local_shell_call", "action", """{"type":"exec","env":{},"command":["ls"]}""")]
    [InlineData("shell", """{"commands":["ls"]}""", "shell_call", "action", """{"timeout_ms":null,"max_output_length":null,"commands":["ls"]}""")]
    [InlineData("apply_patch", """{"type":"delete_file","path":"a"}""", "apply_patch_call", "operation", """{"type":"delete_file","path":"a"}""")]
    public async Task CallOfATool_WithATypeOfItsOwn_IsToldAsThat(
        string type, string arguments, string item, string field, string told)
    {
        ClientCall call = await CallAsync("claude", $$"""
            {"model":"MODEL","input":"hi","tools":[{"type":"{{type}}","execution":"client","environment":{"type":"local"} }]}
            """, $$"""
            {"id":"msg_1","type":"message","role":"assistant","model":"c","content":[
              {"type":"tool_use","id":"t1","name":"{{type}}","input":{{arguments}} }],
             "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3} }
            """);

        JsonNode call1 = call.Json["output"]![0]!;
        Assert.Equal((item, "t1"), ((string?)call1["type"], (string?)call1["call_id"]));
        Assert.Equal(told, call1[field]!.ToJsonString());
    }

    [Fact]
    public async Task Files_AndImages_StandWhereTheyStood()
    {
        JsonObject body = await SendAsync("claude", """
            {"model":"MODEL","input":[{"role":"user","content":[
              {"type":"input_text","text":"Look.","prompt_cache_breakpoint":{"mode":"explicit"}},
              {"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"},
              {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="},
              {"type":"input_file","file_url":"https://example.com/b.pdf"}]}]}
            """, Wires.MessagesAnswer);

        Wire.Same(
            """
            [{"type":"text","text":"Look.","cache_control":{"type":"ephemeral"}},
             {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
             {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"a.pdf"},
             {"type":"document","source":{"type":"url","url":"https://example.com/b.pdf"}}]
            """,
            body["messages"]![0]!["content"]);
    }

    [Fact]
    public async Task Schema_OfTheAnswer_IsAskedFor()
    {
        JsonObject body = await SendAsync("chat", """
            {"model":"MODEL","input":"hi","text":{"format":{"type":"json_schema","name":"n","strict":true,
             "schema":{"type":"object","properties":{},"required":[],"additionalProperties":false}}}}
            """, Wires.ChatAnswer);

        Assert.Equal("n", (string?)body["response_format"]!["json_schema"]!["name"]);
        Assert.True((bool)body["response_format"]!["json_schema"]!["strict"]!);
    }

    [Fact]
    public async Task StateOfACall_GoesToTheClientAndBack()
    {
        ClientCall call = await CallAsync("loose", """
            {"model":"MODEL","input":"hi","tools":[{"type":"function","name":"f"}]}
            """, """
            {"id":"c","object":"chat.completion","created":1,"model":"g","choices":[{"index":0,"message":{"role":"assistant","content":null,
             "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"},
              "extra_content":{"google":{"thought_signature":"c2ln"}}}]},"finish_reason":"tool_calls"}],
             "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
            """);

        JsonArray output = call.Json["output"]!.AsArray();
        Assert.Equal(["function_call", "reasoning"], output.Select(item => (string)item!["type"]!));
        ChatRequest back = ResponsesWire.DecodeRequest($$"""
            {"model":"m","input":[{"role":"user","content":"hi"},{{string.Join(',', output.Select(item => item!.ToJsonString()))}}]}
            """);
        var said = (ToolCallPart)Assert.Single(back.Messages[1].Parts);
        Assert.Equal((StateFormats.Gemini, "c2ln"), (said.State!.Format, said.State.Data));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> SendAsync(string model, string request, string answer)
    {
        await CallAsync(model, request, answer);
        return _gateway.Upstream.Last.Json.AsObject();
    }

    private async Task<ClientCall> CallAsync(string model, string request, string answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Responses, request.Replace("MODEL", model, StringComparison.Ordinal));
        Assert.True(call.Status == 200, call.Text);
        return call;
    }
}
