using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects;

/// <summary>What the strictest servers of vendors refuse with a 400, and other vendors' clients and tools send.</summary>
public sealed class RefusedByVendorsTests : IDisposable
{
    private const string Choice = """
        {"type":"object","properties":{"q":{"type":"string"}},"required":["q"],
         "oneOf":[{"properties":{"kind":{"const":"a"},"x":{"type":"string"}}},{"$ref":"#/$defs/B"}],
         "$defs":{"B":{"properties":{"kind":{"const":"b"}}}}}
        """;

    private const string Merged = """
        {"type":"object","properties":{"q":{"type":"string"},"kind":{"anyOf":[{"const":"a"},{"const":"b"}]},"x":{"type":"string"}},
         "required":["q"],"$defs":{"B":{"properties":{"kind":{"const":"b"}}}}}
        """;

    private const string Tuple = """
        {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{
          "p":{"type":"array","items":[{"type":"number"},{"type":"array","items":[{"type":"string"}]}],"additionalItems":false,"minItems":2},
          "items":{"type":"string","enum":["items"]}}}
        """;

    private const string Since2020 = """
        {"type":"object","properties":{
          "p":{"type":"array","prefixItems":[{"type":"number"},{"type":"array","prefixItems":[{"type":"string"}]}],"items":false,"minItems":2},
          "items":{"type":"string","enum":["items"]}}}
        """;

    private const string AnyPlace = """
        {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{
          "p":{"type":"array","items":{"anyOf":[{"type":"number"},{"type":"array","items":{"type":"string"}}]},"maxItems":2,"minItems":2},
          "items":{"type":"string","enum":["items"]}}}
        """;

    private readonly SaidEverywhere _gateway = new();

    [Theory]
    [InlineData("chat", "tools[0].input_schema")]
    [InlineData("messages", "tools[0].parameters.oneOf")]
    [InlineData("converse", "tools[0].parameters.oneOf")]
    public async Task AlternativesAtTheRoot_AreOneObject_AndNamed(string model, string lost)
    {
        (JsonNode schema, string told) = await ToolSchemaAsync(model, Choice);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Merged), schema), schema.ToJsonString());
        Assert.Equal(lost, told);
    }

    [Theory]
    [InlineData("messages")]
    [InlineData("converse")]
    public async Task AlternativesAtTheRoot_OfAStrictTool_AreNotHeldTo(string model)
    {
        (JsonObject? sent, _, string lost) = await _gateway.AskAsync(
            GatewayEndpoints.ChatCompletions,
            model,
            Tool("""
                {"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false,
                 "anyOf":[{"type":"object","properties":{"a":{"const":"x"}},"required":["a"],"additionalProperties":false}]}
                """,
                "\"strict\":true,"));

        Assert.DoesNotContain("\"strict\"", sent!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("tools[0].strict,tools[0].parameters.anyOf", lost);
    }

    [Theory]
    [InlineData("chat", AnyPlace, "tools[0].input_schema")]
    [InlineData("messages", Since2020, "")]
    [InlineData("converse", Since2020, "")]
    [InlineData("gemini", Since2020, "")]
    public async Task TupleOfAnOlderDraft_IsSaidAsTheTargetReadsIt(string model, string written, string lost)
    {
        (JsonNode schema, string told) = await ToolSchemaAsync(model, Tuple);

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), schema), schema.ToJsonString());
        Assert.Equal(lost, told);
    }

    [Fact]
    public async Task TupleOfOneKind_ForOpenAI_LosesNothing()
    {
        (JsonNode schema, string told) = await ToolSchemaAsync(
            "chat",
            """{"type":"object","properties":{"p":{"type":"array","items":[{"type":"number"},{"type":"number"}],"maxItems":2} } }""");

        Assert.Equal(
            """{"type":"object","properties":{"p":{"type":"array","items":{"type":"number"},"maxItems":2}}}""",
            schema.ToJsonString());
        Assert.Empty(told);
    }

    [Theory]
    [InlineData("chat", AnyPlace)]
    [InlineData("gemini", Since2020)]
    public async Task TupleOfAnAnswer_IsSaidAsTheTargetReadsIt(string model, string written)
    {
        (JsonObject? sent, _, _) = await _gateway.AskAsync(
            GatewayEndpoints.Messages,
            model,
            "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
                + $"\"output_config\":{{\"format\":{{\"type\":\"json_schema\",\"schema\":{Tuple}}}}}");

        JsonNode schema = sent!["response_format"]?["json_schema"]!["schema"]
            ?? sent["generationConfig"]!["responseJsonSchema"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(written), schema), schema.ToJsonString());
    }

    [Fact]
    public async Task FailedResult_ToConverse_IsText_AndItsPictureStandsBehindAllResults()
    {
        (JsonObject? sent, _, _) = await _gateway.AskAsync(
            GatewayEndpoints.Messages,
            "converse",
            """
            "max_tokens":9,"tools":[{"name":"f","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"q"},
             {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}},{"type":"tool_use","id":"b","name":"f","input":{}}]},
             {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"a","is_error":true,"content":[{"type":"text","text":"no"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},
               {"type":"tool_result","tool_use_id":"b","content":"yes"}]}]
            """);

        Assert.Equal(
            """
            [{"toolResult":{"toolUseId":"a","content":[{"text":"no"}],"status":"error"}},{"toolResult":{"toolUseId":"b","content":[{"text":"yes"}]}},{"text":"What else came of the failed tool call (a):"},{"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}}]
            """,
            sent!["messages"]![2]!["content"]!.ToJsonString());
    }

    [Theory]
    [InlineData("messages", "id", "tool_use_id")]
    [InlineData("converse", "toolUseId", "toolUseId")]
    public async Task CallIds_ThatComeAgain_AreEachOnesOwn_AndResultsFollow(string model, string call, string result)
    {
        const string Round = """
            {"role":"assistant","content":null,"tool_calls":[
              {"id":"call_0","type":"function","function":{"name":"f","arguments":"{}"}},
              {"id":"call_0","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_0","content":"1"},{"role":"tool","tool_call_id":"call_0","content":"2"}
            """;
        (JsonObject? sent, _, _) = await _gateway.AskAsync(
            GatewayEndpoints.ChatCompletions,
            model,
            $$$$$"""
            "messages":[{"role":"user","content":"q"},{{{{{Round}}}}},{{{{{Round}}}}}],
            "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]
            """);

        JsonNode[] blocks =
        [
            .. sent!["messages"]!.AsArray().SelectMany(turn => turn!["content"]!.AsArray())
                .Select(block => block!["toolUse"] ?? block["toolResult"] ?? block!),
        ];
        string[] names = ["call_0", "call_0_2", "call_0_3", "call_0_4"];
        Assert.Equal(names, blocks.Where(block => block["input"] is not null).Select(block => (string)block[call]!));
        Assert.Equal(
            names,
            blocks.Where(block => block["content"] is not null).Select(block => (string)block[result]!));
    }

    public void Dispose() => _gateway.Dispose();

    private static string Tool(string schema, string more = "") =>
        "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"tools\":[{\"type\":\"function\",\"function\":"
        + $"{{\"name\":\"f\",{more}\"parameters\":{schema}}}}}]";

    private static string ToolOfMessages(string schema) =>
        "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],"
        + $"\"tools\":[{{\"name\":\"f\",\"input_schema\":{schema}}}]";

    private async Task<(JsonNode Schema, string Lost)> ToolSchemaAsync(string model, string schema)
    {
        // What a client of the target's own dialect sends passes as it is.
        (JsonObject? sent, _, string lost) = model == "chat"
            ? await _gateway.AskAsync(GatewayEndpoints.Messages, model, ToolOfMessages(schema))
            : await _gateway.AskAsync(GatewayEndpoints.ChatCompletions, model, Tool(schema));
        JsonNode tool = (sent!["tools"] ?? sent["toolConfig"]!["tools"])![0]!;
        JsonNode written = tool["input_schema"]
            ?? tool["function"]?["parameters"]
            ?? tool["toolSpec"]?["inputSchema"]!["json"]
            ?? tool["functionDeclarations"]![0]!["parametersJsonSchema"]!;
        return (written, lost);
    }
}
