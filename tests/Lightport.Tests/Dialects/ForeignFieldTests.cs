using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>What only the client's dialect knows is carried to the same, and named when it is not to another.</summary>
public sealed class ForeignFieldTests
{
    [Theory]
    [InlineData("a tool's field", "tools[0].input_examples", """{"tools":[{"name":"f","input_schema":{"type":"object"},"input_examples":[{}]}]}""")]
    [InlineData("a block's field", "messages[].content[].caller", """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{},"caller":{"type":"direct"}}]}]}""")]
    [InlineData("an earlier answer's own tools", "server_tool_use", """{"messages":[{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"server_tool_use","id":"s","name":"web_search","input":{}}]}]}""")]
    [InlineData("how to think, where none does", "output_config.effort", """{"output_config":{"effort":"low"}}""")]
    public void MessagesField_ThatChatHasNoWordFor_IsDroppedByName(string what, string field, string extra)
    {
        var losses = new LossLedger(null, "t");

        ChatWire.EncodeRequest(Messages(extra), new TargetTraits { Thinking = ThinkingStyle.None }, losses);

        Assert.Equal([field], losses.Dropped);
        Assert.NotEmpty(what);
    }

    [Theory]
    [InlineData("container_upload", """{"messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"}]}]}""")]
    [InlineData("mcp_servers", """{"mcp_servers":[{"type":"url","url":"https://x","name":"x"}]}""")]
    public void MessagesContent_ThatChangesTheAnswer_IsRefused(string field, string extra)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => ChatWire.EncodeRequest(Messages(extra))).Error;

        Assert.Equal((field, "unsupported_parameter", 400), (error.Param, error.Code, error.Status));
    }

    [Theory]
    [InlineData("tools[0].defer_loading", """{"tools":[{"type":"function","defer_loading":true,"function":{"name":"f"}}]}""")]
    [InlineData("tools[0].examples", """{"tools":[{"type":"function","function":{"name":"f","examples":[]}}]}""")]
    [InlineData("messages[].content[].video_metadata", """{"messages":[{"role":"user","content":[{"type":"text","text":"q","video_metadata":{}}]}]}""")]
    [InlineData("messages[].refusal", """{"messages":[{"role":"user","content":"q","refusal":"no"}]}""")]
    [InlineData("safety_identifier", """{"user":"u","safety_identifier":"s"}""")]
    [InlineData("thinking", """{"reasoning":{"effort":"low"},"thinking":{"type":"enabled"}}""")]
    [InlineData("reasoning.x", """{"reasoning":{"effort":"low","x":1}}""")]
    [InlineData("stream_options.include_obfuscation", """{"stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}""")]
    public void ChatField_ThatMessagesHasNoWordFor_IsDroppedByName(string field, string extra)
    {
        Wire.Encode(Asked(extra), null, out EncodingContext context);

        Assert.Equal([field], context.Losses.Dropped);
    }

    [Theory]
    [InlineData("video_url", """{"messages":[{"role":"user","content":[{"type":"video_url","video_url":{"url":"https://x"}}]}]}""")]
    [InlineData("web_search_options", """{"web_search_options":{}}""")]
    public void ChatContent_ThatChangesTheAnswer_IsRefused(string field, string extra)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Wire.Encode(Asked(extra))).Error;

        Assert.Equal((field, "unsupported_parameter", 400), (error.Param, error.Code, error.Status));
    }

    [Fact]
    public void MessagesFields_ToMessages_StayWhereTheyWere()
    {
        const string messages = """
            [{"role":"user","content":[{"type":"text","text":"q","x":1}]},
             {"role":"assistant","content":[{"type":"thinking","thinking":"t","signature":"s","y":2},
               {"type":"tool_use","id":"t","name":"f","input":{},"caller":{"type":"direct"}}]},
             {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","z":[3]}]}]
            """;

        JsonObject body = Wire.Encode(Messages($$"""{"messages":{{messages}}}"""), null, out EncodingContext context);

        Wire.Same(messages, body["messages"]);
        Assert.Empty(context.Losses.Dropped);
    }

    [Theory]
    [InlineData("messages[0].content[1]", """{"messages":[{"role":"user","content":[{"type":"text","text":"q"},{"type":"tool_use","id":"t","name":"f","input":{}}]}]}""")]
    [InlineData("messages[1].content[0]", """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":[{"type":"tool_result","tool_use_id":"t"}]}]}""")]
    [InlineData("messages[0].content[0].content", """{"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]}]}]}""")]
    public void MessagesBlock_InTheWrongTurn_Is400ThatNamesIt(string path, string extra)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Messages(extra)).Error;

        Assert.Equal((path, 400), (error.Param, error.Status));
    }

    [Fact]
    public void ChatCalls_InAUserMessage_Are400ThatNamesThem()
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Asked(
            """{"messages":[{"role":"user","content":"q","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}]}""")).Error;

        Assert.Equal(("messages[0].tool_calls", 400), (error.Param, error.Status));
    }

    [Fact]
    public void ToolChoice_OfAToolLeftOut_IsLeftOutToo()
    {
        var losses = new LossLedger(UnsupportedPolicy.Drop, "t");

        string body = ChatWire.EncodeRequest(
            Messages("""
                {"tools":[{"type":"web_search_20250305","name":"web_search"},{"name":"f","input_schema":{"type":"object"}}],
                 "tool_choice":{"type":"tool","name":"web_search"}}
                """),
            losses: losses);

        Assert.Contains("\"tools\":[{", body, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_choice", body, StringComparison.Ordinal);
        Assert.Equal(["tools[0].web_search_20250305", "tool_choice"], losses.Dropped);
    }

    [Theory]
    [InlineData("max_completion_tokens", """{"max_completion_tokens":9000}""")]
    [InlineData("max_tokens", """{"max_tokens":9000}""")]
    [InlineData("reasoning_effort", """{"reasoning_effort":"low"}""")]
    [InlineData("reasoning", """{"reasoning":{"effort":"low"}}""")]
    [InlineData("thinking", """{"thinking":{"type":"enabled"}}""")]
    public void Report_OfALoss_IsInTheClientsOwnWord(string field, string extra)
    {
        TargetTraits traits = new() { Thinking = ThinkingStyle.None, MaxOutputTokens = 8192 };

        Wire.Encode(Asked(extra), traits, out EncodingContext context);

        Assert.Equal([field], context.Losses.Dropped);
    }

    [Fact]
    public void ReasoningEnabled_AndNothingElse_IsMediumEffort() =>
        Assert.Equal("medium", Asked("""{"reasoning":{"enabled":true}}""").Options.Reasoning!.Effort);

    [Fact]
    public void DocumentOfText_ToChat_KeepsItsTitleAndContextBeforeIt() => Assert.Contains(
        """
        "content":[{"type":"text","text":"Document: Report\nFrom last year."},{"type":"text","text":"The text."}]
        """,
        ChatWire.EncodeRequest(Messages("""
            {"messages":[{"role":"user","content":[{"type":"document","title":"Report","context":"From last year.",
              "source":{"type":"text","media_type":"text/plain","data":"The text."}}]}]}
            """)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void StreamedChat_AsksForUsage_WhereTheProviderKnowsIt(bool knows)
    {
        string body = ChatWire.EncodeRequest(Messages("""{"stream":true}"""), new TargetTraits { StreamUsage = knows });

        Assert.EndsWith(
            knows ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}}" : "\"stream\":true}",
            body,
            StringComparison.Ordinal);
    }

    private static ChatRequest Messages(string extra) => Wire.DecodeRequest(Merged(
        """{"model":"m","max_tokens":9,"messages":[{"role":"user","content":"q"}]}""", extra));

    private static ChatRequest Asked(string extra) => ChatWire.DecodeRequest(Merged(
        """{"model":"m","messages":[{"role":"user","content":"q"}]}""", extra));

    private static string Merged(string body, string extra)
    {
        JsonObject merged = JsonNode.Parse(body)!.AsObject();
        foreach ((string name, JsonNode? value) in JsonNode.Parse(extra)!.AsObject())
        {
            merged[name] = value?.DeepClone();
        }

        return merged.ToJsonString();
    }
}
