using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Interactions;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>What clients of Interactions are told of the gateway's runs, and bring back.</summary>
public sealed class GoogleInteractionsRunTests
{
    private static readonly IdSeal Seal = new("a secret that nobody else has");

    private static AnswerContext Context => new()
    {
        RequestId = "req_1",
        Model = "m",
        Created = 1,
        Seal = Seal,
        Losses = new AnswerLosses(),
    };

    [Fact]
    public void Run_IsAStepAndItsResultAnother()
    {
        JsonArray steps = Steps(ToldRuns.Answer);
        string find = (string)steps[1]!["id"]!;
        string drop = (string)steps[2]!["id"]!;

        Assert.Equal(
            JsonNode.Parse($$$"""
            [{"type":"mcp_server_tool_call","id":"{{{find}}}","server_name":"docs","name":"find","arguments":{"q":1}},
             {"type":"mcp_server_tool_call","id":"{{{drop}}}","server_name":"docs","name":"drop","arguments":{}},
             {"type":"mcp_server_tool_result","call_id":"{{{find}}}","result":[{"type":"text","text":"one"}]},
             {"type":"mcp_server_tool_result","call_id":"{{{drop}}}","is_error":true,"result":[{"type":"text","text":"no"}]},
             {"type":"model_output","content":[{"type":"text","text":"Done."}]}]
            """)!.ToJsonString(),
            new JsonArray([.. steps.Skip(1).Select(step => step!.DeepClone())]).ToJsonString());
        Assert.Matches("^mcp_call_lpm_[a-zA-Z0-9_-]+$", find);
        Assert.Equal("thought", (string?)steps[0]!["type"]);
    }

    [Fact]
    public void Run_Streamed_StandsInTheStartOfItsSteps_AndACallInADeltaToo()
    {
        string stream = Stream(ToldRuns.AnswerOf(ToldRuns.Find, new McpResultPart("call_1", [new TextPart("one")])));
        string id = (string)Steps(ToldRuns.Answer)[1]!["id"]!;

        Assert.Contains(
            string.Join(
                "\n\n",
                $$$$"""data: {"event_type":"step.start","index":1,"step":{"type":"mcp_server_tool_call","id":"{{{{id}}}}","server_name":"docs","name":"find","arguments":{"q":1}}}""",
                """data: {"event_type":"step.delta","index":1,"delta":{"type":"mcp_server_tool_call","server_name":"docs","name":"find","arguments":{"q":1}}}""",
                """data: {"event_type":"step.stop","index":1}""",
                $$$"""data: {"event_type":"step.start","index":2,"step":{"type":"mcp_server_tool_result","call_id":"{{{id}}}","result":[{"type":"text","text":"one"}]}}""",
                """data: {"event_type":"step.stop","index":2}"""),
            string.Join('\n', stream.Split('\n').Where(line => !line.StartsWith("event:", StringComparison.Ordinal))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ThatComesBack_IsWhatWasTold() =>
        ToldRuns.Same(ToldRuns.Answer.Choices[0].Parts, Decode(Steps(ToldRuns.Answer)).Messages[1].Parts);

    [Theory]
    [InlineData(1, "name", "drop", "input[2].id")]
    [InlineData(1, "server_name", "crm", "input[2].id")]
    [InlineData(1, "id", "mcp_call_lpm_AAAAAAAAAAAAAAAA0pcall_1", "input[2].id")]
    [InlineData(3, "call_id", "mcp_call_lpm_AAAAAAAAAAAAAAAA0pcall_1", "input[4].call_id")]
    public void Run_ThatWasChanged_Is400ThatNamesIt(int step, string field, string value, string path)
    {
        JsonArray steps = Steps(ToldRuns.Answer);
        steps[step]![field] = value;

        GatewayError error = Assert.Throws<GatewayException>(() => Decode(steps)).Error;

        Assert.Equal((400, path, "invalid_seal"), (error.Status, error.Param, error.Code));
    }

    [Fact]
    public void Run_OfGoogleItself_StaysAsItIs()
    {
        JsonArray steps = JsonNode.Parse("""
            [{"type":"mcp_server_tool_call","id":"m1","name":"f","server_name":"d","arguments":{}},
             {"type":"mcp_server_tool_result","call_id":"m1","result":"x"}]
            """)!.AsArray();

        Assert.Collection(
            Decode(steps).Messages[1].Parts,
            part => Assert.IsType<ServerToolCallPart>(part),
            part => Assert.IsType<ServerToolResultPart>(part));
    }

    /// <summary>A client that reads <c>1.50</c> writes 1.5, and its provider is told 1.50 again.</summary>
    [Fact]
    public void Spelling_OfTheModel_ComesBackWithTheId()
    {
        var call = new McpCallPart("c", "docs", "find", """{"q": 1.50}""")
        {
            Made = new ToolCallPart("c", "find", """{"q": 1.50}"""),
        };
        JsonArray steps = Steps(ToldRuns.AnswerOf(call));
        steps[0]!["arguments"]!["q"] = 1.5;

        Assert.Equal("""{"q": 1.50}""", Assert.IsType<McpCallPart>(Decode(steps).Messages[1].Parts[0]).Made!.Arguments);
    }

    [Fact]
    public void Spelling_OfAClient_IsNotTheModels()
    {
        string steps = string.Join(',', Steps(ToldRuns.AnswerOf(ToldRuns.Find)).Select(step => step!.ToJsonString()))
            .Replace("""{"q":1}""", """{ "q": 1 }""", StringComparison.Ordinal);

        McpCallPart back = GoogleInteractionsRequestDecoder
            .Decode(Read($$"""{"model":"m","input":[{{steps}}]}"""), CancellationToken.None, Seal)
            .Messages[0].Parts.OfType<McpCallPart>().Single();

        Assert.Equal("""{"q":1}""", back.Made!.Arguments);
    }

    [Theory]
    [InlineData(8_000, true)]
    [InlineData(8_200, false)]
    public void Spelling_ThatIsLong_ComesBack_OrIsTold(int length, bool comesBack)
    {
        string arguments = $$"""{"q": "{{new string('x', length - 9)}}"}""";
        AnswerContext context = Context;
        var call = new McpCallPart("c", "docs", "find", arguments) { Made = new ToolCallPart("c", "find", arguments) };
        JsonArray steps = Steps(ToldRuns.AnswerOf(call), context);
        steps[0]!["arguments"] = JsonNode.Parse(arguments);

        string back = Assert.IsType<McpCallPart>(Decode(steps).Messages[1].Parts[0]).Made!.Arguments;

        Assert.Equal(comesBack, back == arguments);
        Assert.Equal(comesBack ? [] : ["mcp_server_tool_call.arguments"], context.Losses.Names);
    }

    [Fact]
    public void Picture_OfAResult_IsALineThatIsTold()
    {
        AnswerContext context = Context;
        ChatResponse answer = ToldRuns.AnswerOf(
            ToldRuns.Find,
            new McpResultPart("call_1", [new ImagePart(MediaSource.FromBase64("AAAA", "image/png"))]));

        string text = (string)Steps(answer, context)[2]!["result"]![0]!["text"]!;

        Assert.StartsWith("[An image (image/png", text, StringComparison.Ordinal);
        Assert.Contains("mcp_server_tool_result", context.Losses.Names);
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData(""","allowed_tools":[{"mode":"auto","tools":["a","b"]},{"tools":["c"]}]""", "a,b,c", "")]
    [InlineData(""","allowed_tools":[{"mode":"auto"},{"mode":"none","tools":["b"]}]""", null, "b")]
    [InlineData(""","allowed_tools":[{"mode":"none"}]""", "", "")]
    public void Toolset_IsRead(string more, string? allowed, string disabled)
    {
        McpToolset toolset = Assert.Single(DecodeTools(
            $$$"""{"type":"mcp_server","name":"docs","url":"https://docs.example/mcp","headers":{"X-Team":"a"}{{{more}}}}""")
            .McpToolsets);

        Assert.Equal(
            ("docs", "tools[0].mcp_server", "https://docs.example/mcp"), (toolset.Server, toolset.Field, toolset.Url));
        Assert.Equal(KeyValuePair.Create("X-Team", "a"), Assert.Single(toolset.Headers));
        Assert.Equal(allowed, toolset.AllowedTools is { } names ? string.Join(',', names) : null);
        Assert.Equal(disabled, string.Join(',', toolset.DisabledTools));
        Assert.Empty(toolset.NativeOnly);
    }

    [Fact]
    public void Toolset_OfWhichOneMustBeCalled_IsGooglesAlone() => Assert.Equal(
        ["tools[0].allowed_tools.mode"],
        DecodeTools("""{"type":"mcp_server","name":"docs","allowed_tools":[{"mode":"any","tools":["a"]}]}""")
            .McpToolsets[0].NativeOnly);

    [Theory]
    [InlineData("""{"type":"mcp_server","url":"https://docs.example/mcp"}""", "tools[0].name")]
    [InlineData("""{"type":"mcp_server","name":"docs","url":"docs"}""", "tools[0].url")]
    [InlineData("""{"type":"mcp_server","name":"docs","allowed_tools":[{"mode":"some"}]}""", "tools[0].allowed_tools[0].mode")]
    public void Toolset_ThatIsMalformed_Is400ThatNamesIt(string tool, string path)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => DecodeTools(tool)).Error;

        Assert.Equal((400, path), (error.Status, error.Param));
    }

    private static JsonArray Steps(ChatResponse answer, AnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        GoogleInteractionsResponseEncoder.Encode(answer, context ?? Context, output);
        return JsonNode.Parse(output.WrittenSpan)!["steps"]!.DeepClone().AsArray();
    }

    private static string Stream(ChatResponse answer)
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = new GoogleInteractionsStreamEncoder(
            Context, new GoogleInteractionsKeeping(Context, JsonEnvelope.Read("""{"store":false}"""u8.ToArray())));
        foreach (StreamEvent told in ResponseReplay.Events(answer))
        {
            encoder.Encode(told, output);
        }

        encoder.Complete(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static ChatRequest Decode(JsonArray steps) => GoogleInteractionsRequestDecoder.Decode(
        Read($$"""
            {"model":"m","input":[{"type":"user_input","content":[{"type":"text","text":"q"}]},
             {{string.Join(',', steps.Select(step => step!.ToJsonString()))}}]}
            """),
        CancellationToken.None,
        Seal);

    private static ChatRequest DecodeTools(string tool) => GoogleInteractionsRequestDecoder.Decode(
        Read($$"""{"model":"m","input":"q","tools":[{{tool}}]}"""), CancellationToken.None);

    private static JsonEnvelope Read(string body) => JsonBody.Read(Encoding.UTF8.GetBytes(body));
}
