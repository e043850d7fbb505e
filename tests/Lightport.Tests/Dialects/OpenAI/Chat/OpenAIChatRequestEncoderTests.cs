using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatRequestEncoderTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"string"}}}""");

    [Fact]
    public void Encode_CodingAgentTurns_PutsResultsAfterTheirCallsAndMediaAfterAll()
    {
        ChatRequest request = Request(
            new Message(Role.System, [new TextPart("s") { Cache = new CacheControl() }]),
            new Message(Role.Assistant,
            [
                new ReasoningPart("thought") { State = new OpaqueState(StateFormats.Anthropic, "sig") },
                new TextPart("I look."),
                new ToolCallPart("c1", "f", "{}"),
                new ToolCallPart("c2", "g", "{\"a\":1}"),
            ]),
            new Message(Role.System, [new TextPart("reminder")]),
            new Message(Role.Tool,
            [
                new ToolResultPart("c1", [new TextPart("boom")]) { IsError = true },
                new ToolResultPart("c2", [new ImagePart(MediaSource.FromBase64("AAAA", "image/png"))]),
            ]),
            new Message(Role.User, [new TextPart("go")]));
        var losses = new LossLedger(null, "t");

        string body = ChatWire.EncodeRequest(request, losses: losses);

        Assert.Equal(
            """{"model":"upstream-model","messages":[{"role":"system","content":"s"},"""
            + """{"role":"assistant","content":"I look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}},"""
            + """{"id":"c2","type":"function","function":{"name":"g","arguments":"{\"a\":1}"}}]},"""
            + """{"role":"tool","tool_call_id":"c1","content":"Error: boom"},"""
            + """{"role":"tool","tool_call_id":"c2","content":"[attachment 1 follows in the next message]"},"""
            + """{"role":"user","content":[{"type":"text","text":"[attachment 1, from the tool call c2]"},"""
            + """{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}]},"""
            + """{"role":"system","content":"reminder"},{"role":"user","content":"go"}]}""",
            body);
        Assert.Equal(["cache_control"], losses.Dropped);
    }

    [Theory]
    [InlineData("reasoning_content", "\"reasoning_content\":\"thought\"")]
    [InlineData("reasoning", "\"reasoning\":\"thought\"")]
    [InlineData("reasoning_details", "\"reasoning_details\":[{\"type\":\"reasoning.text\",\"text\":\"thought\",\"signature\":\"sig\",\"format\":\"anthropic-claude-v1\",\"index\":0}]")]
    public void Encode_ReasoningField_CarriesEarlierThinking(string field, string expected)
    {
        ChatRequest request = Request(new Message(Role.Assistant,
            [new ReasoningPart("thought") { State = new OpaqueState(StateFormats.Anthropic, "sig") }, new TextPart("x")]));

        Assert.Contains(expected, ChatWire.EncodeRequest(request, new TargetTraits { ReasoningField = field }), StringComparison.Ordinal);
        Assert.DoesNotContain("thought", ChatWire.EncodeRequest(request), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_DeveloperTurn_IsSystemWhereTheRoleIsUnknown()
    {
        ChatRequest request = Request(new Message(Role.Developer, [new TextPart("d")]));

        Assert.Contains("\"role\":\"system\"", ChatWire.EncodeRequest(request), StringComparison.Ordinal);
        Assert.Contains("\"role\":\"developer\"", ChatWire.EncodeRequest(request, new TargetTraits { DeveloperRole = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_DeferredTools_OffersOnlyThoseFoundAndSaysTheirNames()
    {
        ChatRequest request = new()
        {
            Model = "m",
            Dialect = DialectIds.AnthropicMessages,
            Messages = [new Message(Role.Tool, [new ToolResultPart("c", []) { ToolReferences = ["b"] }])],
            Tools =
            [
                new ToolDefinition("a") { DeferLoading = true },
                new ToolDefinition("b") { DeferLoading = true, Parameters = Schema },
            ],
            ToolChoice = ToolChoice.Auto,
        };

        string body = ChatWire.EncodeRequest(request);

        Assert.Contains("\"content\":\"Tools now available: b\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"name\":\"a\"", body, StringComparison.Ordinal);
        Assert.Contains("\"tool_choice\":\"auto\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ServerTool_IsRejectedByNameUnlessTheRouteDrops()
    {
        ChatRequest request = new()
        {
            Model = "m",
            Dialect = DialectIds.AnthropicMessages,
            Messages = [new Message(Role.User, [new TextPart("x")])],
            Tools =
            [
                new ToolDefinition("web_search")
                {
                    Kind = ToolKind.Server,
                    Native = JsonElement.Parse("""{"type":"web_search_20250305","name":"web_search"}"""),
                    NativeDialect = DialectIds.AnthropicMessages,
                },
            ],
        };

        GatewayError error = Assert.Throws<GatewayException>(() => ChatWire.EncodeRequest(request)).Error;
        Assert.Equal("tools[0].web_search_20250305", error.Param);
        var losses = new LossLedger(UnsupportedPolicy.Drop, "t");
        Assert.DoesNotContain("tools", ChatWire.EncodeRequest(request, losses: losses), StringComparison.Ordinal);
        Assert.Equal(["tools[0].web_search_20250305"], losses.Dropped);
    }

    [Theory]
    [InlineData(1024, "low")]
    [InlineData(4096, "low")]
    [InlineData(16384, "medium")]
    [InlineData(31999, "high")]
    public void Encode_ThinkingBudget_BecomesTheEffortOfItsSize(int budget, string effort)
    {
        ChatRequest request = Request(new GenerationOptions { Reasoning = new ReasoningOptions { Enabled = true, BudgetTokens = budget } });

        Assert.Contains($"\"reasoning_effort\":\"{effort}\"", ChatWire.EncodeRequest(request), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ModelWithoutThinking_DropsTheWishAndSaysSo()
    {
        ChatRequest request = Request(new GenerationOptions
        {
            Reasoning = new ReasoningOptions { BudgetTokens = 5, Field = "thinking" },
            TopK = 3,
        });
        var losses = new LossLedger(null, "t");

        string body = ChatWire.EncodeRequest(request, new TargetTraits { Thinking = ThinkingStyle.None }, losses);

        Assert.DoesNotContain("reasoning", body, StringComparison.Ordinal);
        Assert.Equal(["top_k", "thinking"], losses.Dropped);
    }

    [Fact]
    public void Encode_Stream_AlwaysAsksForUsage()
    {
        ChatRequest request = new()
        {
            Model = "m", Dialect = DialectIds.OpenAIChat, Stream = true,
            Messages = [new Message(Role.User, [new TextPart("x")])],
            Options = new GenerationOptions
            {
                MaxOutputTokens = 9,
                ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema) { Schema = Schema },
            },
            Extensions = [new Extension("prediction", Schema)],
        };

        string body = ChatWire.EncodeRequest(request);

        Assert.Contains("\"stream\":true,\"stream_options\":{\"include_usage\":true}", body, StringComparison.Ordinal);
        Assert.Contains("\"max_completion_tokens\":9", body, StringComparison.Ordinal);
        Assert.Contains("\"json_schema\":{\"name\":\"response\",\"schema\":{\"type\":\"object\"", body, StringComparison.Ordinal);
        Assert.Contains("\"prediction\":{", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_Documents_TextIsSaidPdfIsAFileUrlIsRefused()
    {
        ChatRequest request = Request(new Message(Role.User,
        [
            new FilePart(MediaSource.FromText("words")),
            new FilePart(MediaSource.FromBase64("AAAA", "application/pdf")) { Filename = "a.pdf" },
        ]));

        Assert.Contains(
            """[{"type":"text","text":"words"},{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AAAA"}}]""",
            ChatWire.EncodeRequest(request), StringComparison.Ordinal);
        ChatRequest linked = Request(new Message(Role.User, [new FilePart(MediaSource.FromUrl("https://x/a.pdf"))]));
        Assert.Equal("document.source.url", Assert.Throws<GatewayException>(() => ChatWire.EncodeRequest(linked)).Error.Param);
    }

    [Fact]
    public void Encode_FileUploadedToAnotherVendor_IsRefused()
    {
        ChatRequest request = Request(new Message(Role.User, [new FilePart(MediaSource.FromFileId("file_011"))]));

        GatewayError error = Assert.Throws<GatewayException>(() => ChatWire.EncodeRequest(request)).Error;

        Assert.Equal(("document.source.file_id", "unsupported_parameter"), (error.Param, error.Code));
    }

    [Fact]
    public void Encode_CitationsOfAnEarlierAnswer_AreDroppedAndNamed()
    {
        var text = new TextPart("x") { Citations = [new Citation(new CitationSource { Url = "https://x" })] };
        var losses = new LossLedger(null, "t");

        ChatWire.EncodeRequest(Request(new Message(Role.Assistant, [text])), losses: losses);

        Assert.Equal(["citations"], losses.Dropped);
    }

    [Fact]
    public void Encode_FieldOfATurnThatOnlyMessagesKnows_IsDroppedByItsPath()
    {
        var effort = new Extension("output_config", Schema);
        ChatRequest request = Request(new Message(Role.System, [new TextPart("s")]) { Extensions = [effort] });
        var losses = new LossLedger(null, "t");

        ChatWire.EncodeRequest(request, losses: losses);

        Assert.Equal(["messages[].output_config"], losses.Dropped);
    }

    private static ChatRequest Request(params Message[] messages) => new()
    {
        Model = "m",
        Dialect = DialectIds.AnthropicMessages,
        Messages = messages,
    };

    private static ChatRequest Request(GenerationOptions options) => new()
    {
        Model = "m",
        Dialect = DialectIds.AnthropicMessages,
        Messages = [new Message(Role.User, [new TextPart("x")])],
        Options = options,
    };
}
