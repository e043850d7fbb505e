using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Strict;

/// <summary>A schema for the answer that Claude's API cannot hold it to goes another way, and nothing is narrowed.</summary>
public sealed class StructuredAnswerWayTests : IDisposable
{
    private const string Tool = "lightport_structured_output";

    /// <summary>A map of any names: closed, it could only ever be empty.</summary>
    private const string Map =
        """{"type":"object","properties":{"m":{"type":"object","additionalProperties":{"type":"number"}}},"required":["m"]}""";

    private readonly TestGateway _gateway = new("""
        models:
          sonnet: anthropic/claude-sonnet-4-5
          fable: anthropic/claude-fable-5-1
          opus-5-5: anthropic/claude-opus-5-5
        """);

    [Theory]
    [InlineData("a map", Map)]
    [InlineData("a map by true", """{"type":"object","properties":{"m":{"type":"object","additionalProperties":true}}}""")]
    [InlineData("an object of anything", """{"type":"object","properties":{"m":{"type":"object"}}}""")]
    [InlineData("recursion", """{"type":"object","properties":{"n":{"$ref":"#/$defs/N"}},"$defs":{"N":{"type":"object","properties":{"n":{"$ref":"#/$defs/N"}}}}}""")]
    [InlineData("recursion to the root", """{"type":"object","properties":{"n":{"$ref":"#"}}}""")]
    [InlineData("anything by nothing", """{"type":"object","properties":{"n":{}}}""")]
    [InlineData("anything", """{"type":"object","properties":{"n":true}}""")]
    [InlineData("patterns of names", """{"type":"object","properties":{"n":{"type":"object","patternProperties":{"^x":{"type":"string"}},"additionalProperties":false}}}""")]
    public async Task Schema_ThatTheSubsetCannotSay_GoesToTheReservedToolWhole(string trap, string schema)
    {
        (ClientCall call, JsonObject body) = await SendAsync("sonnet", schema, Call("{\"m\":{}}"));

        Assert.NotEmpty(trap);
        Assert.Null(body["output_config"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(schema), body["tools"]![0]!["input_schema"]));
        Assert.Equal("""{"type":"tool","name":"lightport_structured_output"}""", body["tool_choice"]!.ToJsonString());
        Assert.Contains("response_format.json_schema.strict", call.Header("x-lightport-dropped"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_ThatTheSubsetCanSay_IsTheApisOwn()
    {
        (ClientCall call, JsonObject body) = await SendAsync(
            "sonnet", """{"type":"object","properties":{"n":{"type":"integer","minimum":1}}}""", Text("{\\\"n\\\":1}"));

        Assert.Empty(StrictAnthropic.Complaints(body));
        Assert.NotNull(body["output_config"]!["format"]);
        Assert.Null(body["tools"]);
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("fable")]
    [InlineData("opus-5-5")]
    public async Task Model_ThatCannotBeMadeToCall_IsOfferedTheToolAndToldToUseIt(string model)
    {
        (_, JsonObject body) = await SendAsync(model, Map, Call("{\"m\":{}}"));

        Assert.Empty(StrictAnthropic.Complaints(body));
        Assert.Equal("""{"type":"auto"}""", body["tool_choice"]!.ToJsonString());
        Assert.Equal(Tool, (string?)body["tools"]![0]!["name"]);
        Assert.Contains(Tool, (string?)body["system"]![0]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ToolChoice_ThatTheModelCannotBeMadeToKeep_IsRefused()
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, """
            {"model":"fable","messages":[{"role":"user","content":"q"}],"tool_choice":"required",
             "tools":[{"type":"function","function":{"name":"f"}}]}
            """);

        Assert.Equal((400, "tool_choice"), (call.Status, (string?)call.Json["error"]!["param"]));
    }

    [Theory]
    [InlineData("""{\"m\":{\"a\":1}}""", false)]
    [InlineData("""{\"m\":{\"a\":\"no number\"}}""", true)]
    [InlineData("""Here it is.""", true)]
    public async Task WholeAnswer_ThatDoesNotKeepToTheSchema_IsNamed(string text, bool named)
    {
        (ClientCall call, _) = await SendAsync("fable", Map, Text(text));

        Assert.Equal(named ? "response_format" : null, call.Header("x-lightport-answer-dropped"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TextBesideTheCall_IsNotGluedToTheJson(bool streamed)
    {
        ScriptedResponses answer = new(
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"x","content":[
              {"type":"text","text":"Here it is:"},
              {"type":"tool_use","id":"t1","name":"lightport_structured_output","input":{"m":{}}},
              {"type":"text","text":"Done."}],"stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}
            """,
            """
            data: {"type":"message_start","message":{"id":"msg_1","model":"x","usage":{"input_tokens":1,"output_tokens":1}}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Here it is:"}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"lightport_structured_output","input":{}}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"m\":"}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}}"}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":"Done."}}

            data: {"type":"content_block_stop","index":2}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":1}}

            data: {"type":"message_stop"}


            """);

        (ClientCall call, _) = await SendAsync("fable", Map, answer.For(streamed), streamed);

        (string content, string reasoning, string finish) = Answer(call, streamed);
        Assert.Equal("""{"m":{}}""", content.Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal("Here it is:Done.", reasoning);
        Assert.Equal("stop", finish);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TextBesideAnotherTool_StaysText(bool streamed)
    {
        ScriptedResponses answer = new(
            """
            {"id":"msg_1","type":"message","role":"assistant","model":"x","content":[
              {"type":"text","text":"Let me look."},{"type":"tool_use","id":"t1","name":"look","input":{}}],
             "stop_reason":"tool_use","usage":{"input_tokens":1,"output_tokens":1}}
            """,
            """
            data: {"type":"message_start","message":{"id":"msg_1","model":"x","usage":{"input_tokens":1,"output_tokens":1}}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Let me look."}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"look","input":{}}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":1}}

            data: {"type":"message_stop"}


            """);

        (ClientCall call, _) = await SendAsync("fable", Map, answer.For(streamed), streamed);

        Assert.Equal(("Let me look.", "", "tool_calls"), Answer(call, streamed));
        Assert.Contains("\"look\"", call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private static ScriptedResponse Call(string input) => ScriptedResponse.Json(
        $$$"""
        {"id":"msg_1","type":"message","role":"assistant","model":"x","content":[
          {"type":"tool_use","id":"t1","name":"{{{Tool}}}","input":{{{input}}} }],"stop_reason":"tool_use"}
        """);

    private static ScriptedResponse Text(string text) => ScriptedResponse.Json(
        $$"""
        {"id":"msg_1","type":"message","role":"assistant","model":"x","content":[{"type":"text","text":"{{text}}"}],
         "stop_reason":"end_turn"}
        """);

    private static (string Content, string Reasoning, string Finish) Answer(ClientCall call, bool streamed)
    {
        JsonNode[] said = streamed
            ? [.. call.Text.Split("\n\n").Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line["data: ".Length..])!["choices"]!.AsArray())
                .Where(choices => choices.Count > 0).Select(choices => choices[0]!)]
            : [call.Json["choices"]![0]!];
        string Field(string name) => string.Concat(
            said.Select(choice => (string?)(choice["delta"] ?? choice["message"])![name]));
        return (Field("content"), Field("reasoning_content"), said.Select(c => (string?)c["finish_reason"]).Last(f => f is not null)!);
    }

    private async Task<(ClientCall Call, JsonObject Body)> SendAsync(
        string model, string schema, ScriptedResponse answer, bool stream = false)
    {
        _gateway.Upstream.Answer(answer);
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$$"""
            {"model":"{{{model}}}","stream":{{{(stream ? "true" : "false")}}},"messages":[{"role":"user","content":"q"}],
             "response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{{{schema}}} } } }
            """);
        Assert.Equal(200, call.Status);
        return (call, _gateway.Upstream.Last.Json);
    }

    private sealed record ScriptedResponses(string Whole, string Events)
    {
        public ScriptedResponse For(bool streamed) =>
            streamed ? ScriptedResponse.Events(Events) : ScriptedResponse.Json(Whole);
    }
}
