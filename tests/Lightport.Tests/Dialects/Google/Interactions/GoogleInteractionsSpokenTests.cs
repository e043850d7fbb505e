using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects.Google.Interactions;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>Interactions as Google is asked for them: what is sent, and what its answers become.</summary>
public sealed class GoogleInteractionsSpokenTests : IDisposable
{
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private const string Whole = """
        {"id":"v1_a","model":"gemini-3-flash","status":"requires_action","created":"2026-11-01T12:00:00Z","steps":[
          {"type":"thought","summary":[{"type":"text","text":"hm"}],"signature":"c2ln"},
          {"type":"google_search_call","id":"s","arguments":{"queries":["q"]}},
          {"type":"model_output","content":[{"type":"text","text":"Hé llo","annotations":[
            {"type":"url_citation","url":"https://a.example","title":"A","start_index":0,"end_index":3}]}]},
          {"type":"function_call","id":"c1","name":"look","arguments":{"q": 1.50}},
          {"type":"function_call","id":"c2","name":"look","arguments":{}}],
         "usage":{"total_input_tokens":9,"total_cached_tokens":4,"total_output_tokens":3,"total_thought_tokens":2,
           "total_tool_use_tokens":1,"total_tokens":15}}
        """;

    private static readonly string[] Events =
    [
        """{"event_type":"interaction.created","interaction":{"id":"v1_a","model":"gemini-3-flash","status":"in_progress","created":"2026-11-01T12:00:00Z"}}""",
        """{"event_type":"interaction.status_update","interaction_id":"v1_a","status":"in_progress"}""",
        """{"event_type":"step.start","index":0,"step":{"type":"thought"}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"thought_summary","content":{"type":"text","text":"hm"}}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"thought_signature","signature":"c2ln"}}""",
        """{"event_type":"step.stop","index":0}""",
        """{"event_type":"step.start","index":1,"step":{"type":"google_search_call","id":"s","arguments":{}}}""",
        """{"event_type":"step.delta","index":1,"delta":{"type":"google_search_call","arguments":{"queries":["q"]}}}""",
        """{"event_type":"step.stop","index":1}""",
        """{"event_type":"step.start","index":2,"step":{"type":"model_output"}}""",
        """{"event_type":"step.delta","index":2,"delta":{"type":"text","text":"Hé "}}""",
        """{"event_type":"step.delta","index":2,"delta":{"type":"text","text":"llo"}}""",
        """{"event_type":"step.delta","index":2,"delta":{"type":"text_annotation_delta","annotations":[{"type":"url_citation","url":"https://a.example","title":"A","start_index":0,"end_index":3}]}}""",
        """{"event_type":"step.stop","index":2}""",
        """{"event_type":"step.start","index":3,"step":{"type":"function_call","id":"c1","name":"look","arguments":{}}}""",
        """{"event_type":"step.delta","index":3,"delta":{"type":"arguments_delta","arguments":"{\"q\":"}}""",
        """{"event_type":"step.delta","index":3,"delta":{"type":"arguments_delta","arguments":"1.50}"}}""",
        """{"event_type":"step.stop","index":3}""",
        """{"event_type":"step.start","index":4,"step":{"type":"function_call","id":"c2","name":"look","arguments":{}}}""",
        """{"event_type":"step.stop","index":4}""",
        """{"event_type":"interaction.completed","interaction":{"id":"v1_a","model":"gemini-3-flash","status":"requires_action","usage":{"total_input_tokens":9,"total_cached_tokens":4,"total_output_tokens":3,"total_thought_tokens":2,"total_tool_use_tokens":1,"total_tokens":15}}}""",
    ];

    private readonly InteractionsGateway _gateway = new();

    [Fact]
    public async Task Request_InChat_BecomesSteps()
    {
        (JsonObject sent, string[] lost) = await _gateway.ChatAsync("i3", """
            "messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0K"}},
                {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]},
              {"role":"assistant","content":"I look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"q\": 1.50}"}},
                {"id":"c2","type":"function","function":{"name":"look","arguments":""}}]},
              {"role":"tool","tool_call_id":"c1","content":"found"},
              {"role":"tool","tool_call_id":"c2","content":[{"type":"text","text":"a photo"}]}],
            "tools":[{"type":"function","function":{"name":"look","description":"Looks.","strict":true,
              "parameters":{"type":"object","properties":{"q":{"type":"number"}},"required":["q"],"additionalProperties":false}}}],
            "tool_choice":{"type":"function","function":{"name":"look"}},
            "max_completion_tokens":99,"temperature":0.5,"top_p":0.9,"seed":7,"stop":["END"],"reasoning_effort":"low",
            "service_tier":"flex","logit_bias":{"1":1},"presence_penalty":1,"frequency_penalty":1,"user":"u",
            "response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{"type":"object","properties":{"n":{"const":1}}}}}
            """);

        GeminiWire.Same("""
            {"model":"gemini-3-flash-preview","system_instruction":"Be brief.","input":[
              {"type":"user_input","content":[{"type":"text","text":"look"},
                {"type":"image","mime_type":"image/png","data":"iVBORw0K"},{"type":"text","text":"Document: a.pdf"},
                {"type":"document","mime_type":"application/pdf","data":"JVBERi0="}]},
              {"type":"model_output","content":[{"type":"text","text":"I look."}]},
              {"type":"thought","signature":"skip_thought_signature_validator"},
              {"type":"function_call","id":"c1","name":"look","arguments":{"q":1.50}},
              {"type":"function_call","id":"c2","name":"look","arguments":{}},
              {"type":"function_result","call_id":"c1","name":"look","result":"found"},
              {"type":"function_result","call_id":"c2","name":"look","result":"a photo"}],
             "tools":[{"type":"function","name":"look","description":"Looks.","parameters":
               {"type":"object","properties":{"q":{"type":"number"}},"required":["q"],"additionalProperties":false}}],
             "generation_config":{"max_output_tokens":99,"temperature":0.5,"top_p":0.9,"seed":7,"stop_sequences":["END"],
               "thinking_level":"low","thinking_summaries":"auto",
               "tool_choice":{"allowed_tools":{"mode":"any","tools":["look"]}}},
             "response_format":{"type":"text","mime_type":"application/json","schema":
               {"type":"object","properties":{"n":{"enum":[1]}}}},
             "service_tier":"flex","store":false}
            """, sent);
        Assert.Equal("/v1beta/interactions", _gateway.Gateway.Upstream.Last.Address.AbsolutePath);
        Assert.Equal(
            ["frequency_penalty", "logit_bias", "presence_penalty", "thought_signature", "tools[0].strict", "user"],
            lost.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("i3", "\"reasoning_effort\":\"none\"", """{"thinking_level":"minimal","thinking_summaries":"none"}""", "reasoning_effort")]
    [InlineData("i3", "\"reasoning_effort\":\"xhigh\"", """{"thinking_level":"high","thinking_summaries":"auto"}""", "reasoning_effort")]
    [InlineData("i20", "\"reasoning_effort\":\"low\"", "{}", "reasoning_effort")]
    [InlineData("lenient", "\"n\":2", "{}", "n")]
    [InlineData("i3", "\"seed\":99999999999", "{}", "seed")]
    [InlineData("i3", "\"top_k\":3", "{}", "top_k")]
    [InlineData("i3", "\"logprobs\":true", "{}", "logprobs")]
    public async Task Wish_ThatTheApiHasNoWordFor_IsNamed(string model, string wish, string config, string lost)
    {
        (JsonObject sent, string[] told) = await _gateway.ChatAsync(model, $"{Hi},{wish}");

        GeminiWire.Same(config, sent["generation_config"]);
        Assert.Equal([lost], told);
    }

    /// <summary>Words, a picture and a file in one result: what a result cannot hold stands behind it.</summary>
    [Fact]
    public async Task Result_WithAPictureAndAFile_HoldsThePicture()
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(InteractionsGateway.Answer));

        using ClientCall call = await AskAsync(GatewayEndpoints.Messages, """
            {"model":"lenient","max_tokens":9,"messages":[{"role":"user","content":"go"},
              {"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","is_error":true,"content":[
                {"type":"text","text":"seen"},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0K"}},
                {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="}}]}]}]}
            """);

        Assert.True(call.Status == 200, call.Text);
        GeminiWire.Same("""
            [{"type":"user_input","content":[{"type":"text","text":"go"}]},
             {"type":"thought","signature":"skip_thought_signature_validator"},
             {"type":"function_call","id":"t","name":"f","arguments":{}},
             {"type":"function_result","call_id":"t","name":"f","result":[{"type":"text","text":"seen"},
               {"type":"image","mime_type":"image/png","data":"iVBORw0K"},
               {"type":"text","text":"[attachment 1 of the tool call t follows]"}],"is_error":true},
             {"type":"user_input","content":[{"type":"text","text":"[attachment 1 of the tool call t]"},
               {"type":"document","mime_type":"application/pdf","data":"JVBERi0="}]}]
            """, _gateway.Gateway.Upstream.Last.Json["input"]);
    }

    [Fact]
    public void Answer_WholeAndInPieces_SaysTheSame()
    {
        ChatResponse whole = InteractionsWire.Whole(Whole);
        (ChatResponse folded, GatewayError? error) = InteractionsWire.Folded(Events);

        Assert.Null(error);
        Assert.Equal(Say(whole), Say(folded));
        Assert.Equal(
            [
                "thought 'hm' c2ln", "google_search_call", "text 'Hé llo' https://a.example 0-2", "call c1 look {\"q\":1.50}",
                "call c2 look {}", "ToolCalls",
            ],
            Say(whole).Take(6));
        Assert.Equal(("v1_a", "gemini-3-flash", 1793534400L), (whole.Id, whole.Model, whole.Created));
        Assert.Equal(new TokenUsage { Input = 6, CacheRead = 4, Output = 3, Reasoning = 2 }, whole.Usage);
        Assert.Equal(whole.Usage, folded.Usage);
    }

    /// <summary>A thought goes back to Google as it came, through a client that has another slot for it.</summary>
    [Theory]
    [InlineData("messages")]
    [InlineData("gemini")]
    [InlineData("interactions")]
    public async Task Thought_SentBackByItsClient_IsTheSameStep(string client)
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(Whole));
        JsonNode answer = (await AskAsync(client, First(client))).Json;
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(InteractionsGateway.Answer));

        using ClientCall call = await AskAsync(client, Second(client, answer));

        Assert.True(call.Status == 200, call.Text);
        JsonArray steps = _gateway.Gateway.Upstream.Last.Json["input"]!.AsArray();
        JsonNode thought = Assert.Single(steps, step => (string?)step!["type"] == "thought")!;
        Assert.Equal("c2ln", (string?)thought["signature"]);
        Assert.DoesNotContain("thought_signature", call.Header("x-lightport-dropped") ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":"parameter_unknown","message":"No."}}""", 400, "parameter_unknown")]
    [InlineData(429, """{"error":{"code":"quota_exceeded","message":"No."}}""", 429, "quota_exceeded")]
    [InlineData(503, """{"error":{"code":"service_unavailable","message":"No."}}""", 503, "service_unavailable")]
    [InlineData(404, """{"error":{"code":404,"message":"No.","status":"NOT_FOUND"}}""", 404, null)]
    [InlineData(200, """{"id":"i","status":"failed","errors":[{"code":"api_error","message":"No."}]}""", 500, "api_error")]
    [InlineData(200, """{"error":{"code":"rate_limit_exceeded","message":"No."}}""", 429, "rate_limit_exceeded")]
    public async Task Error_OfTheProvider_KeepsStatusCodeAndMessage(int status, string body, int told, string? code)
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(body, status));

        using ClientCall call = await AskAsync(GatewayEndpoints.ChatCompletions, $$"""{"model":"i3",{{Hi}}}""");

        Assert.Equal((told, "No."), (call.Status, call.Error("message")));
        Assert.Equal(code ?? call.Error("code"), call.Error("code"));
    }

    [Theory]
    [InlineData("incomplete", "", FinishReason.Length, null)]
    [InlineData("incomplete", ""","errors":[{"code":"safety","message":"no"}]""", FinishReason.ContentFilter, "safety")]
    [InlineData("budget_exceeded", "", FinishReason.Length, "budget_exceeded")]
    [InlineData("completed", "", FinishReason.Stop, null)]
    public void Status_IsTheFinish(string status, string errors, FinishReason reason, string? native)
    {
        Finish finish = InteractionsWire.Whole($$"""{"id":"i","status":"{{status}}","steps":[]{{errors}}}""").Choices[0].Finish;

        Assert.Equal((reason, native), (finish.Reason, finish.Native));
    }

    [Theory]
    [InlineData("""{"event_type":"error","error":{"code":"service_unavailable","message":"Busy."}}""", 503, "Busy.")]
    [InlineData("""{"event_type":"interaction.completed","interaction":{"id":"i","status":"failed","errors":[{"code":"api_error","message":"Broke."}]}}""", 500, "Broke.")]
    [InlineData("no json", 502, "not valid JSON")]
    [InlineData("[DONE]", 502, "ended before")]
    public void Stream_ThatFails_EndsInItsError(string last, int status, string message)
    {
        (ChatResponse told, GatewayError? error) = InteractionsWire.Folded([.. Events.Take(11), last]);

        Assert.Equal(status, error!.Status);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(told.Choices[0].Parts, part => part is TextPart { Text: "Hé " });
    }

    /// <summary>Sound in many pieces is one sound; a video is content that only this dialect has.</summary>
    [Fact]
    public void Media_OfAnAnswer_AreParts()
    {
        (ChatResponse told, _) = InteractionsWire.Folded(
            """{"event_type":"step.start","index":0,"step":{"type":"model_output"}}""",
            """{"event_type":"step.delta","index":0,"delta":{"type":"image","mime_type":"image/png","data":"AAAA"}}""",
            """{"event_type":"step.delta","index":0,"delta":{"type":"audio","mime_type":"audio/l16","data":"YWE="}}""",
            """{"event_type":"step.delta","index":0,"delta":{"type":"audio","mime_type":"audio/l16","data":"YmI="}}""",
            """{"event_type":"step.delta","index":0,"delta":{"type":"video","mime_type":"video/mp4","uri":"https://v.example"}}""",
            """{"event_type":"step.stop","index":0}""",
            """{"event_type":"interaction.completed","interaction":{"id":"i","status":"completed"}}""");

        IReadOnlyList<ContentPart> parts = told.Choices[0].Parts;
        Assert.Equal("AAAA", Assert.IsType<ImagePart>(parts[0]).Source.Base64);
        Assert.Equal("YWFiYg==", Assert.IsType<AudioPart>(parts[1]).Source.Base64);
        Assert.Equal("video", Assert.IsType<OpaquePart>(parts[2]).Kind);
    }

    public void Dispose() => _gateway.Dispose();

    private static string First(string client) => client switch
    {
        "messages" => """{"model":"i3","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""",
        "gemini" => """
            {"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"thinkingConfig":{"includeThoughts":true}}}
            """,
        _ => """{"model":"i3","input":[{"type":"user_input","content":[{"type":"text","text":"hi"}]}]}""",
    };

    private static string Second(string client, JsonNode answer)
    {
        JsonObject request = JsonNode.Parse(First(client))!.AsObject();
        switch (client)
        {
            case "messages":
                JsonArray messages = request["messages"]!.AsArray();
                messages.Add(new JsonObject { ["role"] = "assistant", ["content"] = answer["content"]!.DeepClone() });
                messages.Add(JsonNode.Parse("""
                    {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"a"},
                     {"type":"tool_result","tool_use_id":"c2","content":"b"}]}
                    """));
                break;
            case "gemini":
                JsonArray contents = request["contents"]!.AsArray();
                contents.Add(answer["candidates"]![0]!["content"]!.DeepClone());
                contents.Add(JsonNode.Parse("""
                    {"role":"user","parts":[{"functionResponse":{"id":"c1","name":"look","response":{"output":"a"}}},
                     {"functionResponse":{"id":"c2","name":"look","response":{"output":"b"}}}]}
                    """));
                break;
            default:
                JsonArray steps = request["input"]!.AsArray();
                answer["steps"]!.AsArray().ToList().ForEach(step => steps.Add(step!.DeepClone()));
                steps.Add(JsonNode.Parse("""{"type":"function_result","call_id":"c1","name":"look","result":"a"}"""));
                steps.Add(JsonNode.Parse("""{"type":"function_result","call_id":"c2","name":"look","result":"b"}"""));
                break;
        }

        return request.ToJsonString();
    }

    private static string[] Say(ChatResponse response) =>
    [
        .. response.Choices[0].Parts.Select(part => part switch
        {
            ReasoningPart thought => $"thought '{thought.Text}' {thought.State?.Data}",
            TextPart text => $"text '{text.Text}' {string.Join(' ', text.Citations.Select(
                cited => $"{cited.Sources[0].Url} {cited.StartIndex}-{cited.EndIndex}"))}",
            ToolCallPart call => $"call {call.CallId} {call.Name} {call.Arguments}",
            OpaquePart opaque => opaque.Kind,
            _ => part.GetType().Name,
        }),
        response.Choices[0].Finish.Reason.ToString(),
        .. response.Choices[0].Parts.OfType<ServerToolCallPart>().Select(call => call.Json.GetRawText() + call.Arguments),
    ];

    private Task<ClientCall> AskAsync(string client, string body) => client switch
    {
        "messages" => AskAsync(GatewayEndpoints.Messages, body),
        "gemini" => _gateway.Gateway.GenerateAsync(body, "i3"),
        _ => AskAsync(GatewayEndpoints.Interactions, body),
    };

    private Task<ClientCall> AskAsync(GatewayEndpoint endpoint, string body) =>
        _gateway.Gateway.SendAsync(endpoint, body);
}
