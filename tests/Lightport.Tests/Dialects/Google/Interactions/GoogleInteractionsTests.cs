using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Google.Interactions;
using Lightport.Tests.Exchanges;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>Interactions over the whole gateway, and how their requests are read.</summary>
public sealed class GoogleInteractionsTests : IDisposable
{
    private const string ThinkingAnswer = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[
         {"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"text","text":"Hé","citations":[
           {"type":"web_search_result_location","url":"https://a.example","title":"A","cited_text":"","encrypted_index":""}]},
         {"type":"text","text":"llo"},{"type":"tool_use","id":"t1","name":"look","input":{"q":1}}],
         "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}
        """;

    private const string ThinkingEvents = Wires.MessagesStart + """
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}

        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

        data: {"type":"content_block_stop","index":0}

        data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

        data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hé"}}

        data: {"type":"content_block_delta","index":1,"delta":{"type":"citations_delta","citation":{"type":"web_search_result_location","url":"https://a.example","title":"A","cited_text":"","encrypted_index":""}}}

        data: {"type":"content_block_stop","index":1}

        data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

        data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"llo"}}

        data: {"type":"content_block_stop","index":2}

        data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"t1","name":"look","input":{}}}

        data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"}}

        data: {"type":"content_block_stop","index":3}

        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":3}}

        data: {"type":"message_stop"}


        """;

    private readonly TestGateway _gateway = new("""
        models:
          m: { targets: [openai/gpt-x], retry: { attempts: 1 } }
          claude: { targets: [anthropic/claude-x], retry: { attempts: 1 } }
        """);

    [Fact]
    public async Task Whole_WithThinkingTextAndACall_IsSteps()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(ThinkingAnswer));

        ClientCall call = await SendAsync("""{"model":"models/claude","input":"hi"}""");

        Assert.Equal(200, call.Status);
        JsonObject interaction = call.Json;
        Assert.Equal(("msg_1", "claude-x", "requires_action"), (
            (string?)interaction["id"], (string?)interaction["model"], (string?)interaction["status"]));
        Assert.Equal(
            [
                $$"""{"type":"thought","summary":[{"type":"text","text":"hm"}],"signature":"{{Slot("anthropic", "claude-x")}}"}""",
                """{"type":"model_output","content":[{"type":"text","text":"Héllo","annotations":[{"type":"url_citation","url":"https://a.example","title":"A","start_index":0,"end_index":3}]}]}""",
                """{"type":"function_call","id":"t1","name":"look","arguments":{"q":1}}""",
            ],
            interaction["steps"]!.AsArray().Select(Plain));
        Assert.Equal(
            """{"total_input_tokens":9,"total_cached_tokens":0,"total_output_tokens":3,"total_thought_tokens":0,"total_tool_use_tokens":0,"total_tokens":12}""",
            interaction["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Stream_WithThinkingTextAndACall_HasAStartAndAStopForEachStep()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(ThinkingEvents));

        ClientCall call = await SendAsync("""{"model":"claude","input":"hi","stream":true}""");

        Assert.EndsWith("event: done\ndata: [DONE]\n\n", call.Text, StringComparison.Ordinal);
        JsonObject[] events = Events(call.Text);
        Assert.Equal(
            [
                "interaction.created", "start 0 thought", "delta 0 thought_summary", "delta 0 thought_signature", "stop 0",
                "start 1 model_output", "delta 1 text", "delta 1 text_annotation_delta", "delta 1 text", "stop 1",
                "start 2 function_call", "delta 2 arguments_delta", "stop 2", "interaction.completed",
            ],
            events.Select(Say));
        Assert.Equal(
            """[{"type":"url_citation","url":"https://a.example","title":"A","start_index":0,"end_index":3}]""",
            Plain(events.Single(one => (string?)one["delta"]?["type"] == "text_annotation_delta")["delta"]!["annotations"]));
        Assert.Equal(("requires_action", 12), (
            (string?)events[^1]["interaction"]!["status"], (int?)events[^1]["interaction"]!["usage"]!["total_tokens"]));
    }

    /// <summary>The steps of an answer go back as they came, and their signature to whoever made it.</summary>
    [Fact]
    public async Task Steps_SentBack_AreTheConversation()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(ThinkingAnswer));
        JsonArray steps = (await SendAsync("""{"model":"claude","input":"hi"}""")).Json["steps"]!.DeepClone().AsArray();
        steps.Insert(0, JsonNode.Parse("""{"type":"user_input","content":[{"type":"text","text":"hi"}]}"""));
        steps.Add(JsonNode.Parse("""{"type":"function_result","call_id":"t1","name":"look","result":"found"}"""));
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await SendAsync(new JsonObject
        {
            ["model"] = "claude",
            ["input"] = steps,
            ["generation_config"] = new JsonObject { ["thinking_level"] = "low" },
        }.ToJsonString());

        Assert.True(call.Status == 200, call.Text);
        JsonArray messages = JsonNode.Parse(_gateway.Upstream.Last.Body)!["messages"]!.AsArray();
        Assert.Equal(["user", "assistant", "user"], messages.Select(message => (string?)message!["role"]));
        JsonNode thought = messages[1]!["content"]![0]!;
        Assert.Equal(("hm", "c2ln"), ((string?)thought["thinking"], (string?)thought["signature"]));
        Assert.Equal("t1", (string?)messages[2]!["content"]![0]!["tool_use_id"]);
    }

    [Fact]
    public async Task ErrorInTheMiddle_IsTheLastEvent()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatText + Wires.ChatError));

        ClientCall call = await SendAsync("""{"model":"m","input":"hi","stream":true}""");

        JsonObject last = Events(call.Text)[^1];
        Assert.Equal(("error", "Told by the provider."), (
            (string?)last["event_type"], (string?)last["error"]!["message"]));
        Assert.True(call.Lifetime.BrokenOff);
    }

    [Theory]
    [InlineData("""{"model":"m","input":"hi","previous_interaction_id":"x"}""", "previous_interaction_id")]
    [InlineData("""{"model":"m","input":"hi","previous_interaction_id":7}""", "previous_interaction_id")]
    [InlineData("""{"model":"m","input":"hi","agent":"deep-research"}""", "agent")]
    [InlineData("""{"model":"m","input":"hi","background":true}""", "background")]
    [InlineData("""{"model":"m"}""", "input")]
    [InlineData("""{"model":"m","input":7}""", "input")]
    [InlineData("""{"model":"m","input":[]}""", "input")]
    [InlineData("""{"model":"m","input":[{"type":"hologram"}]}""", "input[0].type")]
    [InlineData("""{"model":"m","input":[{"type":"user_input","content":[{"type":"smell"}]}]}""", "input[0].content[0].type")]
    [InlineData(
        """{"model":"m","input":[{"type":"image","data":"no base64!","mime_type":"image/png"}]}""", "input[0].data")]
    [InlineData("""{"model":"m","input":[{"type":"function_result","call_id":"x","result":"r"}]}""", "input[0].call_id")]
    [InlineData("""{"model":"m","input":"hi","tools":[{"type":"function"}]}""", "tools[0].name")]
    [InlineData(
        """{"model":"m","input":"hi","generation_config":{"tool_choice":"perhaps"}}""", "generation_config.tool_choice")]
    public async Task Request_ThatCannotBeServed_NamesTheField(string body, string field)
    {
        ClientCall call = await SendAsync(body);

        Assert.Equal((400, "INVALID_ARGUMENT"), (call.Status, call.Error("status")));
        Assert.Contains($"\"field\":\"{field}\"", call.Text, StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public void Decode_AWholeRequest_KeepsAllOfIt()
    {
        ChatRequest request = Decode("""
            {"model":"m","store":true,"system_instruction":"Be brief.","labels":{"a":"b"},"service_tier":"standard",
             "input":[{"type":"text","text":"look"},{"type":"image","data":"AAAA","mime_type":"image/png"},
               {"type":"model_output","content":[{"type":"text","text":"I see"}]},
               {"type":"user_input","content":[{"type":"document","uri":"https://example.com/a.pdf"}]},
               {"type":"user_input","content":[{"type":"text","text":"and?"}]},
               {"type":"thought","signature":"c2ln"},{"type":"function_call","id":"c","name":"f","arguments":{"q": 1.50}},
               {"type":"function_result","call_id":"c","is_error":true,"result":[{"type":"text","text":"no"}]},
               {"type":"function_result","call_id":"c","result":{"rows":[1]}}],
             "tools":[{"type":"function","name":"f","parameters":{"type":"object"}},{"type":"google_search"}],
             "generation_config":{"max_output_tokens":9,"temperature":0.5,"seed":7,"stop_sequences":["END"],
               "thinking_level":"low","thinking_summaries":"none","tool_choice":{"allowed_tools":{"mode":"any","tools":["f"]}},
               "image_config":{}},
             "response_format":{"type":"text","mime_type":"application/json","schema":{"type":"object"}}}
            """);

        Assert.Equal(
            [Role.System, Role.User, Role.Assistant, Role.User, Role.User, Role.Assistant, Role.Tool],
            request.Messages.Select(message => message.Role));
        Assert.Equal(2, request.Messages[1].Parts.Count);
        Assert.Equal("c2ln", request.Messages[5].Parts[0].State!.Data);
        Assert.Equal("""{"q": 1.50}""", Assert.IsType<ToolCallPart>(request.Messages[5].Parts[1]).Arguments);
        ToolResultPart[] results = [.. request.Messages[6].Parts.Cast<ToolResultPart>()];
        Assert.Equal(
            [(true, "no"), (false, """{"rows":[1]}""")],
            results.Select(result => (result.IsError, Assert.IsType<TextPart>(result.Parts[0]).Text)));
        Assert.Equal([ToolKind.Function, ToolKind.Server], request.Tools.Select(tool => tool.Kind));
        Assert.Equal(ToolChoiceMode.Named, request.ToolChoice!.Mode);
        Assert.Equal((9, 0.5, 7L, "default"), (
            request.Options.MaxOutputTokens, request.Options.Temperature, request.Options.Seed, request.Options.ServiceTier));
        Assert.Equal(("low", "omitted"), (request.Options.Reasoning!.Effort, request.Options.Reasoning.Display));
        Assert.Equal(ResponseFormatKind.JsonSchema, request.Options.ResponseFormat!.Kind);
        Assert.Equal(["labels", "generation_config.image_config"], request.Extensions.Select(one => one.Name));
    }

    [Theory]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", ResponseFormatKind.JsonSchema)]
    [InlineData("""{"type":["object","null"]}""", ResponseFormatKind.JsonSchema)]
    [InlineData("""[{"type":"text","mime_type":"application/json"}]""", ResponseFormatKind.JsonObject)]
    public void Format_IsASchemaOrOneOfText(string format, ResponseFormatKind kind) => Assert.Equal(
        kind, Decode($$"""{"model":"m","input":"hi","response_format":{{format}} }""").Options.ResponseFormat!.Kind);

    public void Dispose() => _gateway.Dispose();

    private static ChatRequest Decode(string body) => GoogleInteractionsRequestDecoder.Decode(
        JsonEnvelope.Read(Encoding.UTF8.GetBytes(body)), CancellationToken.None);

    private static string Slot(string account, string model) => GoogleGeminiSignature.Write(
        new OpaqueState(StateFormats.Anthropic, "c2ln") { Account = account, Model = model });

    private static string Plain(JsonNode? node) =>
        node!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static JsonObject[] Events(string text) =>
    [
        .. text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line["data: ".Length..])!.AsObject()),
    ];

    private static string Say(JsonObject told) => (string)told["event_type"]! switch
    {
        "step.start" => $"start {told["index"]} {told["step"]!["type"]}",
        "step.delta" => $"delta {told["index"]} {told["delta"]!["type"]}",
        "step.stop" => $"stop {told["index"]}",
        string other => other,
    };

    private Task<ClientCall> SendAsync(string body) => _gateway.SendAsync(GatewayEndpoints.Interactions, body);
}
