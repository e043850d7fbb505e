using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>What Bedrock is sent for what a client said, to the letter, and judged by its own description.</summary>
public sealed class AwsConverseRequestTests : IDisposable
{
    private readonly TestGateway _gateway = BedrockGateway.Create();

    [Fact]
    public async Task Conversation_IsWrittenAsConverse() => await AssertWrittenAsync(
        """
        {"model":"claude","max_tokens":99,"temperature":0.5,"stop":"END","messages":[
          {"role":"system","content":"Be brief."},{"role":"user","content":"Weather?"},
          {"role":"assistant","content":"I look.","tool_calls":[{"id":"call.1","type":"function","function":{"name":"look","arguments":"{\"q\":1}"}}]},
          {"role":"tool","tool_call_id":"call.1","content":"Sunny"},{"role":"user","content":"And?"}],
         "tools":[{"type":"function","function":{"name":"look","description":"Looks.","parameters":{"type":"object","properties":{"q":{"type":"integer"}}}}}],
         "tool_choice":"required"}
        """,
        """
        {"system":[{"text":"Be brief."}],
         "messages":[{"role":"user","content":[{"text":"Weather?"}]},
          {"role":"assistant","content":[{"text":"I look."},{"toolUse":{"toolUseId":"call_1","name":"look","input":{"q":1}}}]},
          {"role":"user","content":[{"toolResult":{"toolUseId":"call_1","content":[{"text":"Sunny"}]}},{"text":"And?"}]}],
         "toolConfig":{"tools":[{"toolSpec":{"name":"look","description":"Looks.","inputSchema":{"json":{"type":"object","properties":{"q":{"type":"integer"}}}}}}],
          "toolChoice":{"any":{}}},
         "inferenceConfig":{"maxTokens":99,"temperature":0.5,"stopSequences":["END"]},"additionalModelResponseFieldPaths":["/stop_sequence"]}
        """);

    [Fact]
    public async Task SeveralTurnsOfOneRole_AndALaterSystemTurn_AreOneTurn() => await AssertWrittenAsync(
        """
        {"model":"nova","messages":[{"role":"assistant","content":"Hi! "},{"role":"user","content":"a"},{"role":"user","content":" "},
          {"role":"system","content":"Now in French."},{"role":"user","content":"b"}]}
        """,
        """
        {"messages":[{"role":"user","content":[{"text":"."}]},{"role":"assistant","content":[{"text":"Hi!"}]},
          {"role":"user","content":[{"text":"a"},{"text":"<system-reminder>\nNow in French.\n</system-reminder>"},{"text":"b"}]}]}
        """);

    [Fact]
    public async Task ImagesAndDocuments_AreBytes_WithNamesOfTheirOwn() => await AssertWrittenAsync(
        """
        {"model":"claude","messages":[{"role":"user","content":[
          {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
          {"type":"file","file":{"filename":"Q3_report  (final).pdf","file_data":"data:application/pdf;base64,JVBERi0="}},
          {"type":"file","file":{"filename":"Q3 report (final).pdf","file_data":"data:application/pdf;base64,JVBERi0="}}]}]}
        """,
        """
        {"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}},
          {"document":{"format":"pdf","name":"Q3 report (final) pdf","source":{"bytes":"JVBERi0="}}},
          {"document":{"format":"pdf","name":"Q3 report (final) pdf (2)","source":{"bytes":"JVBERi0="}}},{"text":"."}]}]}
        """);

    [Fact]
    public async Task CacheMarks_AreCachePointsBehindWhatTheyMark() => await AssertWrittenAsync(
        """
        {"model":"claude","max_tokens":9,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}],
         "tools":[{"name":"f","input_schema":{"type":"object"},"cache_control":{"type":"ephemeral"}}],
         "messages":[{"role":"user","content":[{"type":"text","text":"u","cache_control":{"type":"ephemeral"}}]}]}
        """,
        """
        {"system":[{"text":"s"},{"cachePoint":{"type":"default","ttl":"1h"}}],
         "messages":[{"role":"user","content":[{"text":"u"},{"cachePoint":{"type":"default"}}]}],
         "toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object"}}}},{"cachePoint":{"type":"default"}}]},
         "inferenceConfig":{"maxTokens":9}}
        """,
        GatewayEndpoints.Messages);

    [Fact]
    public async Task Thinking_GoesBackWithItsSignature_AndForeignThinkingDoesNot() => await AssertWrittenAsync(
        """
        {"model":"claude","max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2000},"messages":[{"role":"user","content":"q"},
          {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"redacted_thinking","data":"blob"},
           {"type":"thinking","thinking":"else","signature":"lp1.openai-responses-v1.s.eA"},{"type":"tool_use","id":"t","name":"f","input":{}}]},
          {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","is_error":true,"content":"no"}]}],
         "tools":[{"name":"f","input_schema":{"type":"object"}}]}
        """,
        """
        {"messages":[{"role":"user","content":[{"text":"q"}]},
          {"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"hm","signature":"sig"}}},
           {"reasoningContent":{"redactedContent":"YmxvYg=="}},{"toolUse":{"toolUseId":"t","name":"f","input":{}}}]},
          {"role":"user","content":[{"toolResult":{"toolUseId":"t","content":[{"text":"no"}],"status":"error"}}]}],
         "toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object"}}}}]},
         "inferenceConfig":{"maxTokens":4096},
         "additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2000}}}
        """,
        GatewayEndpoints.Messages);

    [Theory]
    [InlineData("claude", """{"thinking":{"type":"enabled","budget_tokens":24576}}""")]
    [InlineData("adaptive", """{"thinking":{"type":"adaptive","display":"summarized"},"output_config":{"effort":"high"}}""")]
    [InlineData("nova", """{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"high"}}""")]
    [InlineData("oss", """{"reasoning_effort":"high"}""")]
    [InlineData("llama", null)]
    public async Task Effort_IsSaidInTheWayOfTheModel(string model, string? fields)
    {
        (ClientCall call, JsonObject written) = await SendAsync(
            $$"""{"model":"{{model}}","reasoning_effort":"high","messages":[{"role":"user","content":"q"}]}""");

        Assert.Equal(fields, written["additionalModelRequestFields"]?.ToJsonString());
        Assert.Equal(fields is null ? "reasoning_effort" : null, call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("claude", """{"top_k":7}""")]
    [InlineData("nova", """{"inferenceConfig":{"topK":7}}""")]
    [InlineData("oss", null)]
    public async Task TopK_IsSaidInTheWayOfTheModel(string model, string? fields)
    {
        (_, JsonObject written) = await SendAsync(
            $$"""{"model":"{{model}}","max_tokens":9,"top_k":7,"messages":[{"role":"user","content":"q"}]}""",
            GatewayEndpoints.Messages);

        Assert.Equal(fields, written["additionalModelRequestFields"]?.ToJsonString());
    }

    [Fact]
    public async Task Schema_IsOutputConfig_WhereTheModelTakesOne()
    {
        (_, JsonObject written) = await SendAsync(Schema("claude"));

        Assert.Equal(
            """{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"schema":"{\u0022type\u0022:\u0022object\u0022,\u0022properties\u0022:{\u0022a\u0022:{\u0022type\u0022:\u0022string\u0022}},\u0022required\u0022:[\u0022a\u0022],\u0022additionalProperties\u0022:false}","name":"x"}}}}""",
            written["outputConfig"]!.ToJsonString());
        Assert.Null(written["toolConfig"]);
    }

    [Fact]
    public async Task Schema_IsAReservedTool_WhereTheModelTakesNone()
    {
        (ClientCall call, JsonObject written) = await SendAsync(Schema("nova"), answer: """
            {"output":{"message":{"role":"assistant","content":[{"toolUse":{"toolUseId":"t","name":"lightport_structured_output","input":{"a":"b"}}}]}},
             "stopReason":"tool_use","usage":{"inputTokens":9,"outputTokens":3,"totalTokens":12}}
            """);

        Assert.Equal("lightport_structured_output", (string?)written["toolConfig"]!["toolChoice"]!["tool"]!["name"]);
        Assert.Equal("""{"a":"b"}""", (string?)call.Json["choices"]![0]!["message"]!["content"]);
        Assert.Equal("stop", (string?)call.Json["choices"]![0]!["finish_reason"]);
    }

    /// <summary>Anything else at its top is refused by Nova, definitions too.</summary>
    [Fact]
    public async Task ToolSchema_ForNova_IsPlainAtItsTop_AndSaysDefinitionsInPlace()
    {
        (ClientCall call, JsonObject written) = await SendAsync(WithParameters("""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"#/$defs/Root","$defs":{
              "Root":{"type":"object","title":"Root","required":["at"],"additionalProperties":false,"properties":{
                "at":{"$ref":"#/$defs/Point","description":"where"},"next":{"$ref":"#/$defs/Root"},"$ref":{"enum":["$ref"]}}},
              "Point":{"type":"object","description":"a point","properties":{"x":{"type":"integer"}}}}}
            """));

        string expected = """
            {"type":"object","required":["at"],"properties":{"at":POINT,"$ref":{"enum":["$ref"]},"next":{
              "type":"object","title":"Root","required":["at"],"additionalProperties":false,
              "properties":{"at":POINT,"next":{},"$ref":{"enum":["$ref"]}}}}}
            """.Replace(
                "POINT",
                """{"description":"where","type":"object","properties":{"x":{"type":"integer"}}}""",
                StringComparison.Ordinal);
        JsonNode told = written["toolConfig"]!["tools"]![0]!["toolSpec"]!["inputSchema"]!["json"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), told), told.ToJsonString());
        Assert.Equal(
            "tools[0].parameters.$ref,tools[0].parameters.additionalProperties", call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task ToolSchema_ForNova_WhoseDefinitionsDouble_StaysSmall()
    {
        IEnumerable<string> definitions = Enumerable.Range(0, 40).Select(i => $"\"d{i}\":" + """
            {"anyOf":[{"$ref":"#/$defs/NEXT"},{"$ref":"#/$defs/NEXT"}]}
            """.Replace("NEXT", $"d{i + 1}", StringComparison.Ordinal));

        (_, JsonObject written) = await SendAsync(WithParameters("""
            {"type":"object","properties":{"a":{"$ref":"#/$defs/d0"}},"$defs":{DEFINITIONS}}
            """.Replace("DEFINITIONS", string.Join(',', definitions), StringComparison.Ordinal)));

        Assert.InRange(written.ToJsonString().Length, 1, 4_000_000);
    }

    /// <summary>Converse has no word for none: tools that are not to be called are not shown.</summary>
    [Theory]
    [InlineData("\"auto\"", true, null)]
    [InlineData("\"required\"", true, """{"any":{}}""")]
    [InlineData("""{"type":"function","function":{"name":"look"}}""", true, """{"tool":{"name":"look"}}""")]
    [InlineData("\"none\"", false, null)]
    public async Task ToolChoice_IsSaidInItsWords(string choice, bool offered, string? said)
    {
        (ClientCall call, JsonObject written) = await SendAsync($$$"""
            {"model":"claude","messages":[{"role":"user","content":"q"}],"tool_choice":{{{choice}}},
             "tools":[{"type":"function","function":{"name":"look","parameters":{"type":"object","properties":{} } } }]}
            """);

        Assert.Equal(said, written["toolConfig"]?["toolChoice"]?.ToJsonString());
        Assert.Equal(offered, written.ContainsKey("toolConfig"));
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task ToolsOfTheHistory_AreDeclared_WhereNoneAreOffered()
    {
        (_, JsonObject written) = await SendAsync("""
            {"model":"nova","messages":[{"role":"user","content":"q"},
             {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"look","arguments":""}}]},
             {"role":"tool","tool_call_id":"c","content":""}]}
            """);

        Assert.Equal("look", (string?)written["toolConfig"]!["tools"]![0]!["toolSpec"]!["name"]);
    }

    [Theory]
    [InlineData("""[{"type":"image_url","image_url":{"url":"https://x.example/a.png"}}]""", "messages[0].image_url")]
    [InlineData("""[{"type":"image_url","image_url":{"url":"data:image/tiff;base64,AAAA"}}]""", "messages[0].image")]
    [InlineData("""[{"type":"file","file":{"file_id":"file-1"}}]""", "messages[0].file_id")]
    [InlineData("""[{"type":"file","file":{"filename":"a.bin","file_data":"data:application/zip;base64,AAAA"}}]""", "messages[0].file")]
    public async Task WhatBedrockCannotFetch_IsRefusedByName(string content, string field)
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"claude","messages":[{"role":"user","content":{{content}}}]}""");

        Assert.Equal((400, field), (call.Status, call.Error("param")));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task FieldsOfBedrock_AreSentAsTheyAre_AndOthersAreTold()
    {
        (ClientCall call, JsonObject written) = await SendAsync("""
            {"model":"nova","messages":[{"role":"user","content":"q"}],"seed":7,"service_tier":"priority","metadata":{"team":"a","bad":"é"},
             "guardrailConfig":{"guardrailIdentifier":"abc","guardrailVersion":"1"},"of_tomorrow":1}
            """);

        Assert.Equal("abc", (string?)written["guardrailConfig"]!["guardrailIdentifier"]);
        Assert.Equal("""{"type":"priority"}""", written["serviceTier"]!.ToJsonString());
        Assert.Equal("""{"team":"a"}""", written["requestMetadata"]!.ToJsonString());
        Assert.Equal("seed,of_tomorrow,metadata", call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("profile", "/model/arn%3Aaws%3Abedrock%3Aeu-central-1%3A123456789012%3Aapplication-inference-profile%2Fa1b2c3/converse")]
    [InlineData("nova", "/model/us.amazon.nova-2-lite-v1%3A0/converse")]
    public async Task Model_StandsInThePath_EscapedOnce(string model, string path)
    {
        await SendAsync($$"""{"model":"{{model}}","messages":[{"role":"user","content":"q"}]}""");

        Assert.Equal(path, _gateway.Upstream.Last.Address.AbsolutePath);
    }

    public void Dispose() => _gateway.Dispose();

    private static string Schema(string model) => $$$"""
        {"model":"{{{model}}}","messages":[{"role":"user","content":"q"}],"response_format":{"type":"json_schema","json_schema":{"name":"x",
         "schema":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false} } } }
        """;

    private async Task AssertWrittenAsync(string request, string expected, GatewayEndpoint? endpoint = null)
    {
        (_, JsonObject written) = await SendAsync(request, endpoint);

        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), written.ToJsonString());
    }

    private static string WithParameters(string schema) => $$"""
        {"model":"nova","messages":[{"role":"user","content":"q"}],
         "tools":[{"type":"function","function":{"name":"look","parameters":{{schema}} } }]}
        """;

    private async Task<(ClientCall Call, JsonObject Written)> SendAsync(
        string request, GatewayEndpoint? endpoint = null, string answer = ConverseWire.Answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        ClientCall call = await _gateway.SendAsync(endpoint ?? GatewayEndpoints.ChatCompletions, request);
        Assert.True(call.Status == 200, call.Text);
        JsonObject written = _gateway.Upstream.Last.Json;
        Assert.Empty(StrictBedrock.Complaints(written));
        return (call, written);
    }
}
