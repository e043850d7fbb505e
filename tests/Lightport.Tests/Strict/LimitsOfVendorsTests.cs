using System.Text.Json.Nodes;
using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Strict;

/// <summary>
/// What one vendor's clients may send any number of, and another vendor's server counts: as many leave as it takes.
/// </summary>
public sealed class LimitsOfVendorsTests : IDisposable
{
    private const string Marks = """
        {"role":"system","content":[{"type":"text","text":"s","prompt_cache_breakpoint":{"mode":"explicit"}}]},
        {"role":"user","content":[{"type":"text","text":"1","cache_control":{"type":"ephemeral"}},
          {"type":"text","text":"2","prompt_cache_breakpoint":{"mode":"explicit"}},
          {"type":"text","text":"3","cache_control":{"type":"ephemeral","ttl":"1h"}},
          {"type":"text","text":"4","cache_control":{"type":"ephemeral"}}]}
        """;

    private static readonly string LongId = "toolu_" + new string('a', 74);

    private readonly TestGateway _gateway = new(
        """
        models:
          sonnet: anthropic/claude-sonnet-4-5
          converse: "bedrock-only/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"
          gpt: { targets: [{ to: openai/gpt-5.6-sol, traits: { endpoint: openai-chat } }] }
          gpt-4o: { targets: [{ to: openai/gpt-4o, traits: { endpoint: openai-chat } }] }
          responses: openai/gpt-5.6-sol
          house-responses: { targets: [{ to: openai/gpt-5.6-sol, traits: { endpoint: openai-responses, endpoint-always: on } }] }
          house: loose/some-model
        """,
        providers: """
          bedrock-only:
            use: bedrock
            region: eu-central-1
            endpoints:
              anthropic-bedrock: { models: ["none"] }
              openai-chat: { models: ["none"] }

        """);

    [Fact]
    public async Task MarksOfTheCache_ToMessages_AreTheLatestFour()
    {
        (ClientCall call, JsonObject sent) = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"sonnet","max_completion_tokens":9,"messages":[{{Marks}}]}""");

        Assert.Equal(
            """
            {"model":"claude-sonnet-4-5","max_tokens":9,"system":[{"type":"text","text":"s"}],"messages":[{"role":"user","content":[{"type":"text","text":"1","cache_control":{"type":"ephemeral"}},{"type":"text","text":"2","cache_control":{"type":"ephemeral"}},{"type":"text","text":"3","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"4","cache_control":{"type":"ephemeral"}}]}]}
            """,
            sent.ToJsonString());
        Assert.Equal("cache_control", call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task CachePoints_ToConverse_AreTheLatestFour()
    {
        (ClientCall call, JsonObject sent) = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"converse","messages":[{{Marks}}]}""");

        Assert.Equal("""[{"text":"s"}]""", sent["system"]!.ToJsonString());
        Assert.Equal(
            4, sent["messages"]![0]!["content"]!.AsArray().Count(block => block!["cachePoint"] is not null));
        Assert.Equal("cache_control", call.Header("x-lightport-dropped"));
    }

    /// <summary>One thing in two words, on this wire too.</summary>
    [Fact]
    public async Task MarkOfTheCache_ToOpenAIsChat_IsItsBreakpoint()
    {
        (ClientCall call, JsonObject sent) = await SendAsync(
            GatewayEndpoints.Messages,
            """
            {"model":"gpt","max_tokens":99,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],
             "messages":[{"role":"user","content":[{"type":"text","text":"1"},{"type":"text","text":"2","cache_control":{"type":"ephemeral"}}]},
               {"role":"assistant","content":"a"},{"role":"user","content":"3"}]}
            """);

        Assert.Equal(
            """
            [{"role":"system","content":[{"type":"text","text":"s","prompt_cache_breakpoint":{"mode":"explicit"}}]},{"role":"user","content":[{"type":"text","text":"1"},{"type":"text","text":"2","prompt_cache_breakpoint":{"mode":"explicit"}}]},{"role":"assistant","content":"a"},{"role":"user","content":[{"type":"text","text":"3"}]}]
            """,
            sent["messages"]!.ToJsonString());
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    [Theory]
    [InlineData("gpt-4o", """["a","b","c","d"]""", "stop")]
    [InlineData("house", """["a","b","c","d","e"]""", null)]
    public async Task StopSequences_AreAsManyAsOpenAITakes(string model, string stop, string? lost)
    {
        (ClientCall call, JsonObject sent) = await SendAsync(
            GatewayEndpoints.Messages,
            $$"""
            {"model":"{{model}}","max_tokens":9,"stop_sequences":["a","b","c","d","e"],
             "messages":[{"role":"user","content":"hi"}]}
            """);

        Assert.Equal(stop, sent["stop"]!.ToJsonString());
        Assert.Equal(lost, call.Header("x-lightport-dropped"));
    }

    /// <summary>Longer than 64 characters, and it becomes the same one each time; elsewhere an id may be a state.</summary>
    [Theory]
    [InlineData("gpt-4o", "^call_[0-9a-f]{16}$")]
    [InlineData("house", "^toolu_a{74}$")]
    public async Task IdsOfCalls_AreAsLongAsOpenAITakes(string model, string told)
    {
        (_, JsonObject sent) = await SendAsync(
            GatewayEndpoints.Messages,
            $$"""
            {"model":"{{model}}","max_tokens":9,"tools":[{"name":"f","input_schema":{"type":"object"} }],"messages":[
              {"role":"user","content":"hi"},
              {"role":"assistant","content":[{"type":"tool_use","id":"{{LongId}}","name":"f","input":{} }]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"{{LongId}}","content":"x"}]}]}
            """);

        string id = (string)sent["messages"]![1]!["tool_calls"]![0]!["id"]!;
        Assert.Equal(id, (string?)sent["messages"]![2]!["tool_call_id"]);
        Assert.Matches(told, id);
    }

    [Theory]
    [InlineData("gpt-4o")]
    [InlineData("responses")]
    public async Task TupleOfAnAnswer_ToOpenAI_SaysWhatIsInIt(string model)
    {
        (ClientCall call, JsonObject sent) = await SendAsync(
            GatewayEndpoints.Messages,
            $$"""
            {"model":"{{model}}","max_tokens":99,"messages":[{"role":"user","content":"hi"}],"output_config":{"format":{
              "type":"json_schema","schema":{"type":"object","properties":{
                "pair":{"type":"array","prefixItems":[{"type":"string"},{"type":"number"}],"items":false},
                "any":{"type":"array"} },"required":["pair","any"],"additionalProperties":false} } } }
            """);

        JsonNode schema = sent["response_format"]?["json_schema"]!["schema"] ?? sent["text"]!["format"]!["schema"]!;
        Assert.Equal(
            """
            {"type":"object","properties":{"pair":{"type":"array","items":{"anyOf":[{"type":"string"},{"type":"number"}]},"maxItems":2},"any":{"type":"array","items":{}}},"required":["pair","any"],"additionalProperties":false}
            """,
            schema.ToJsonString());
        Assert.Equal("output_config.format", call.Header("x-lightport-dropped"));
    }

    /// <summary>OpenAI's SDKs answer a local shell by the call's item, or by its call, and by no other field.</summary>
    [Theory]
    [InlineData("lsh_1")]
    [InlineData("call_1")]
    public async Task AnswerOfALocalShell_AnswersTheCallOfItsId(string id)
    {
        (_, JsonObject sent) = await SendAsync(
            GatewayEndpoints.Responses,
            $$"""
            {"model":"house","store":false,"tools":[{"type":"local_shell"}],"input":[{"role":"user","content":"ls"},
              {"type":"local_shell_call","id":"lsh_1","call_id":"call_1","status":"completed","action":{"type":"exec","command":["ls"],"env":{} } },
              {"type":"local_shell_call_output","id":"{{id}}","output":"a.txt"}]}
            """);

        Assert.Equal(
            """{"role":"tool","tool_call_id":"call_1","content":"a.txt"}""", sent["messages"]![2]!.ToJsonString());
    }

    /// <summary>Servers are known that count anew in each turn; the API takes one output an id.</summary>
    [Fact]
    public async Task IdsOfCalls_ThatComeAgain_ToResponses_AreEachOnesOwn()
    {
        const string Turn = """
            {"role":"assistant","tool_calls":[{"id":"f:0","type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"f:0","content":"x"}
            """;
        (_, JsonObject sent) = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""
            {"model":"house-responses","tools":[{"type":"function","function":{"name":"f"} }],"messages":[
              {"role":"user","content":"hi"},{{Turn}},{{Turn}}]}
            """);

        Assert.Equal(
            ["f:0", "f:0", "f:0_2", "f:0_2"],
            sent["input"]!.AsArray().Select(item => (string?)item!["call_id"]).OfType<string>());
    }

    /// <summary>What no field of the target takes is told, wherever it stands.</summary>
    [Theory]
    [InlineData("sonnet", "citations,messages[].content[].note")]
    [InlineData("converse", "citations,messages[].content[].note")]
    [InlineData("house", "messages[].content[].note,citations")]
    public async Task CitationsAndFieldsOfAnEarlierAnswer_AreTold(string model, string lost)
    {
        (ClientCall call, _) = await SendAsync(
            GatewayEndpoints.Responses,
            $$"""
            {"model":"{{model}}","store":false,"input":[{"role":"user","content":"hi"},
              {"type":"message","role":"assistant","content":[{"type":"output_text","text":"So it is.","annotations":[
                {"type":"url_citation","url":"https://a.example","title":"A","start_index":0,"end_index":2}],"note":1}]},
              {"role":"user","content":"more"}]}
            """);

        Assert.Equal(lost.Split(',').Order(), call.Header("x-lightport-dropped")!.Split(',').Order());
    }

    [Fact]
    public async Task FieldsOfResultsAndCalls_AreTold()
    {
        (ClientCall result, _) = await SendAsync(
            GatewayEndpoints.Messages,
            """
            {"model":"responses","max_tokens":99,"tools":[{"name":"f","input_schema":{"type":"object"}}],"messages":[
              {"role":"user","content":"hi"},
              {"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":{}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"a","content":"x","of_result":1}]}]}
            """);
        (ClientCall chat, _) = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            """
            {"model":"sonnet","max_completion_tokens":9,"tools":[{"type":"function","function":{"name":"f"}}],"messages":[
              {"role":"user","content":"hi"},
              {"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}","of_call":1}}]},
              {"role":"tool","tool_call_id":"a","content":"x"}]}
            """);

        Assert.Equal("messages[].content[].of_result", result.Header("x-lightport-dropped"));
        Assert.Equal("messages[].content[].of_call", chat.Header("x-lightport-dropped"));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<(ClientCall Call, JsonObject Sent)> SendAsync(GatewayEndpoint door, string body)
    {
        _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = BedrockGateway.Key;
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}"));
        ClientCall call = await _gateway.SendAsync(door, body);
        Assert.True(_gateway.Upstream.Seen.Count > 0, call.Text);
        return (call, _gateway.Upstream.Last.Json);
    }
}
