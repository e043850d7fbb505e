using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>What leaves for a provider of Gemini, verbatim, whatever dialect it came in.</summary>
public sealed class GoogleGeminiRequestTests : IDisposable
{
    private const string Ask = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
    private const string Weather = """
        {"type":"function","function":{"name":"weather","description":"Tells it.","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}
        """;

    private readonly GeminiGateway _gateway = new();

    [Fact]
    public async Task Turns_OfEveryRole_Alternate()
    {
        (JsonObject sent, string[] lost) = await _gateway.ChatAsync("g3", """
            "messages":[
              {"role":"system","content":"one"},{"role":"developer","content":"two"},
              {"role":"user","content":"hi"},{"role":"user","content":[{"type":"text","text":"there"},{"type":"text","text":""}]},
              {"role":"assistant","content":"hello"},{"role":"system","content":"three"},{"role":"user","content":"go"}]
            """);

        GeminiWire.Same("""
            {"systemInstruction":{"parts":[{"text":"one"},{"text":"two"}]},
             "contents":[
               {"role":"user","parts":[{"text":"hi"},{"text":"there"}]},
               {"role":"model","parts":[{"text":"hello"}]},
               {"role":"user","parts":[{"text":"<system-reminder>\nthree\n</system-reminder>"},{"text":"go"}]}],
             "generationConfig":{}}
            """, sent);
        Assert.Empty(lost);
        Assert.Equal(
            "https://generativelanguage.googleapis.com/v1beta/models/gemini-3-flash-preview:generateContent",
            _gateway.Gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.Equal("value-of-GEMINI_API_KEY", _gateway.Gateway.Upstream.Last.Header("x-goog-api-key"));
        Assert.Null(_gateway.Gateway.Upstream.Last.Header("authorization"));
    }

    [Fact]
    public async Task SystemTurns_WhereMerged_AllStandOnTop()
    {
        (JsonObject sent, _) = await _gateway.ChatAsync("merged", """
            "messages":[{"role":"system","content":"one"},{"role":"user","content":"hi"},{"role":"system","content":"two"}]
            """);

        GeminiWire.Same("""{"parts":[{"text":"one"},{"text":"two"}]}""", sent["systemInstruction"]);
    }

    [Theory]
    [InlineData("""[{"role":"system","content":"one"}]""")]
    [InlineData("""[{"role":"assistant","content":"hello"},{"role":"user","content":"hi"}]""")]
    public async Task Contents_BeginWithTheUser(string messages)
    {
        (JsonObject sent, _) = await _gateway.ChatAsync("g3", $"\"messages\":{messages}");

        GeminiWire.Same("""{"role":"user","parts":[{"text":"."}]}""", sent["contents"]![0]);
    }

    [Fact]
    public async Task Calls_AndTheirResults_StandInTheirTurns()
    {
        (JsonObject sent, string[] lost) = await _gateway.ChatAsync("g25", $$$"""
            "tools":[{{{Weather}}}],
            "messages":[{"role":"user","content":"hi"},
              {"role":"assistant","content":"I look.","tool_calls":[
                {"id":"k1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Wien\"}"}},
                {"id":"k2","type":"function","function":{"name":"weather","arguments":""}}]},
              {"role":"tool","tool_call_id":"k2","content":"cold"},
              {"role":"tool","tool_call_id":"k1","content":"{\"id\":12345678901234567890}"},
              {"role":"tool","tool_call_id":"gone","content":"old"}]
            """);

        GeminiWire.Same("""
            [{"role":"user","parts":[{"text":"hi"}]},
             {"role":"model","parts":[{"text":"I look."},
               {"functionCall":{"id":"k1","name":"weather","args":{"city":"Wien"}}},
               {"functionCall":{"id":"k2","name":"weather","args":{}}}]},
             {"role":"user","parts":[
               {"functionResponse":{"id":"k2","name":"weather","response":{"output":"cold"}}},
               {"functionResponse":{"id":"k1","name":"weather","response":{"output":"{\"id\":12345678901234567890}"}}},
               {"text":"Result of an earlier tool call (gone):"},{"text":"old"}]}]
            """, sent["contents"]);
        GeminiWire.Same("""
            [{"functionDeclarations":[{"name":"weather","description":"Tells it.",
              "parametersJsonSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}]}]
            """, sent["tools"]);
        Assert.Null(sent["toolConfig"]);
        Assert.Empty(lost);
    }

    private const string ResultWithPicture = """
        "tools":[{"name":"look","input_schema":{"type":"object"}}],
        "messages":[{"role":"user","content":"hi"},
          {"role":"assistant","content":[{"type":"tool_use","id":"k1","name":"look","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"k1","is_error":true,"content":[
            {"type":"text","text":"see"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"aWk="}}]}]}]
        """;

    [Fact]
    public async Task Picture_InAResult_GoesInsideIt()
    {
        (JsonObject sent, _) = await _gateway.MessagesAsync("g3", ResultWithPicture);

        GeminiWire.Same("""
            [{"functionResponse":{"id":"k1","name":"look","response":{"error":"see"},
              "parts":[{"inlineData":{"mimeType":"image/png","data":"aWk="}}]}}]
            """, sent["contents"]![2]!["parts"]);
    }

    [Fact]
    public async Task Picture_InAResultOfAModelThatTakesNone_GoesBehindIt()
    {
        (JsonObject sent, _) = await _gateway.MessagesAsync("g25", ResultWithPicture);

        GeminiWire.Same("""
            [{"functionResponse":{"id":"k1","name":"look","response":{"error":"see\n[attachment 1 of the tool call k1 follows]"}}},
             {"text":"[attachment 1 of the tool call k1]"},{"inlineData":{"mimeType":"image/png","data":"aWk="}}]
            """, sent["contents"]![2]!["parts"]);
    }

    [Fact]
    public async Task Media_GoInlineOrByTheirAddress()
    {
        (JsonObject sent, string[] lost) = await _gateway.ChatAsync("g3", """
            "messages":[{"role":"user","content":[
              {"type":"image_url","image_url":{"url":"data:image/png;base64,aWk="}},
              {"type":"image_url","image_url":{"url":"https://a.example/x.webp?y=1","detail":"high"}},
              {"type":"image_url","image_url":{"url":"https://a.example/x"}},
              {"type":"input_audio","input_audio":{"data":"YWE=","format":"mp3"}},
              {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}]}]
            """);

        GeminiWire.Same("""
            [{"inlineData":{"mimeType":"image/png","data":"aWk="}},
             {"fileData":{"mimeType":"image/webp","fileUri":"https://a.example/x.webp?y=1"}},
             {"fileData":{"mimeType":"image/jpeg","fileUri":"https://a.example/x"}},
             {"inlineData":{"mimeType":"audio/mp3","data":"YWE="}},
             {"text":"Document: a.pdf"},{"inlineData":{"mimeType":"application/pdf","data":"JVBERg=="}}]
            """, sent["contents"]![0]!["parts"]);
        Assert.Equal(["image_url.detail"], lost);
    }

    [Theory]
    [InlineData("\"auto\"", """{"mode":"AUTO"}""")]
    [InlineData("\"none\"", """{"mode":"NONE"}""")]
    [InlineData("\"required\"", """{"mode":"ANY"}""")]
    [InlineData("""{"type":"function","function":{"name":"weather"}}""", """{"mode":"ANY","allowedFunctionNames":["weather"]}""")]
    [InlineData("""{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","name":"weather"}]}}""", """{"mode":"ANY"}""")]
    public async Task ToolChoice_IsACallingConfig(string choice, string config)
    {
        (JsonObject sent, _) = await _gateway.ChatAsync("g3", $"{Ask},\"tools\":[{Weather}],\"tool_choice\":{choice}");

        GeminiWire.Same(config, sent["toolConfig"]!["functionCallingConfig"]);
    }

    [Fact]
    public async Task Options_HaveTheirNames()
    {
        (JsonObject sent, string[] lost) = await _gateway.ChatAsync("g3", $$"""
            {{Ask}},"max_tokens":100,"temperature":1.5,"top_p":0.5,"top_k":4,"seed":7,"stop":["a","b"],"n":2,
            "presence_penalty":0.1,"frequency_penalty":0.2,"logprobs":true,"top_logprobs":3,"service_tier":"flex",
            "logit_bias":{"1":1},"user":"u","parallel_tool_calls":false,"metadata":{"a":"b"}
            """);

        GeminiWire.Same("""
            {"maxOutputTokens":100,"temperature":1.5,"topP":0.5,"topK":4,"presencePenalty":0.1,"frequencyPenalty":0.2,
             "seed":7,"stopSequences":["a","b"],"candidateCount":2,"responseLogprobs":true,"logprobs":3}
            """, sent["generationConfig"]);
        Assert.Equal("flex", (string?)sent["serviceTier"]);
        Assert.Equal(["logit_bias", "metadata", "user"], lost.Order());
    }

    [Theory]
    [InlineData("g3", "\"reasoning_effort\":\"minimal\"", """{"thinkingLevel":"minimal","includeThoughts":true}""", null)]
    [InlineData("g3", "\"reasoning_effort\":\"xhigh\"", """{"thinkingLevel":"high","includeThoughts":true}""", "reasoning_effort")]
    [InlineData("g31", "\"reasoning_effort\":\"none\"", """{"thinkingLevel":"low","includeThoughts":true}""", "reasoning_effort")]
    [InlineData("g3", "\"reasoning\":{\"max_tokens\":20000,\"exclude\":true}", """{"thinkingLevel":"high"}""", null)]
    [InlineData("g25", "\"reasoning_effort\":\"low\"", """{"thinkingBudget":2048,"includeThoughts":true}""", null)]
    [InlineData("g25", "\"reasoning\":{\"max_tokens\":999}", """{"thinkingBudget":999,"includeThoughts":true}""", null)]
    [InlineData("g25", "\"reasoning_effort\":\"none\"", """{"thinkingBudget":0}""", null)]
    [InlineData("g25pro", "\"reasoning_effort\":\"none\"", """{"thinkingBudget":1024,"includeThoughts":true}""", "reasoning_effort")]
    [InlineData("g25", "\"reasoning\":{\"max_tokens\":99999}", """{"thinkingBudget":24576,"includeThoughts":true}""", "reasoning")]
    [InlineData("g20", "\"reasoning_effort\":\"low\"", null, "reasoning_effort")]
    public async Task Thinking_IsToldInTheModelsWay(string model, string asked, string? config, string? dropped)
    {
        (JsonObject sent, string[] lost) = await _gateway.ChatAsync(model, $"{Ask},{asked}");

        JsonNode? written = sent["generationConfig"]!["thinkingConfig"];
        GeminiWire.Same(config ?? "null", written);
        Assert.Equal(dropped is null ? [] : [dropped], lost);
    }

    private const string Schema = """
        {"type":"object","properties":{"a":{"const":"x"},"b":{"oneOf":[{"type":"integer","exclusiveMinimum":0},{"type":"null"}]}},"required":["a"],"additionalProperties":false}
        """;

    [Fact]
    public async Task Schema_OfTheAnswer_IsRewrittenAsFarAsTheApiAsks()
    {
        (JsonObject sent, _) = await _gateway.ChatAsync("g25", $$$"""
            {{{Ask}}},"response_format":{"type":"json_schema","json_schema":{"name":"r","strict":true,"schema":{{{Schema}}}}}
            """);

        GeminiWire.Same("""
            {"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"a":{"enum":["x"]},
              "b":{"anyOf":[{"type":"integer","description":"{exclusiveMinimum: 0}"},{"type":"null"}]}},
              "required":["a"],"additionalProperties":false}}
            """, sent["generationConfig"]);
    }

    [Theory]
    [InlineData("g3", true)]
    [InlineData("g25", false)]
    public async Task Schema_BesideTools_IsAReservedToolWhereTheModelTakesNone(string model, bool isSchema)
    {
        (JsonObject sent, _) = await _gateway.ChatAsync(model, $$$"""
            {{{Ask}}},"tools":[{{{Weather}}}],"response_format":{"type":"json_schema","json_schema":{"name":"r","schema":{{{Schema}}}}}
            """);

        JsonArray functions = sent["tools"]![0]!["functionDeclarations"]!.AsArray();
        Assert.Equal(isSchema ? 1 : 2, functions.Count);
        Assert.Equal(isSchema, sent["generationConfig"]!["responseJsonSchema"] is not null);
        Assert.Equal(isSchema ? null : "ANY", (string?)sent["toolConfig"]?["functionCallingConfig"]!["mode"]);
        Assert.Equal(!isSchema, sent["systemInstruction"] is not null);
    }

    [Fact]
    public async Task ToolNames_AreWithinWhatTheApiTakes()
    {
        (JsonObject sent, _) = await _gateway.ChatAsync("g3", $$$"""
            {{{Ask}}},"tools":[{"type":"function","function":{"name":"2fa"}},{"type":"function","function":{"name":"mcp.a/b"}},
              {"type":"custom","custom":{"name":"patch"}}]
            """);

        string[] names = [.. sent["tools"]![0]!["functionDeclarations"]!.AsArray().Select(one => (string)one!["name"]!)];
        Assert.All(names, name => Assert.Matches("^[a-zA-Z_][a-zA-Z0-9_-]{0,63}$", name));
        Assert.Equal("patch", names[2]);
    }

    [Theory]
    [InlineData("\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}]", "tools[0].web_search_20250305")]
    public async Task ServerTool_OfAnotherVendor_IsRefused(string tools, string field)
    {
        using Exchanges.ClientCall call = await _gateway.Gateway.SendAsync(
            GatewayEndpoints.Messages, $$"""{"model":"g3","max_tokens":9,{{Ask}},{{tools}}}""");

        Assert.Equal(400, call.Status);
        Assert.Contains(field, call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
