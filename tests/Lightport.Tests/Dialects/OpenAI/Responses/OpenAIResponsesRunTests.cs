using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Transport.Body;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>What clients of Responses are told of the gateway's runs, and bring back.</summary>
public sealed class OpenAIResponsesRunTests
{
    private static readonly IdSeal Seal = new("a secret that nobody else has");

    private static AnswerContext Context => ChatWire.Context() with { RequestId = "req_1", Seal = Seal };

    [Fact]
    public void Run_Streamed_IsToldStepByStep()
    {
        string[] told = [.. Events(ToldRuns.Answer).Select(one => (string)one["type"]!)];

        Assert.Equal(
            [
                "response.created", "response.in_progress",
                "response.output_item.added", "response.mcp_list_tools.in_progress",
                "response.mcp_list_tools.completed", "response.output_item.done",
                "response.output_item.added", "response.mcp_call.in_progress",
                "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done",
                "response.output_item.added", "response.mcp_call.in_progress",
                "response.mcp_call_arguments.delta", "response.mcp_call_arguments.done",
                "response.mcp_call.completed", "response.output_item.done",
                "response.output_item.added", "response.output_item.done",
                "response.mcp_call.failed", "response.output_item.done",
                "response.output_item.added", "response.content_part.added", "response.output_text.delta",
                "response.output_text.done", "response.content_part.done", "response.output_item.done",
                "response.completed",
            ],
            told);
    }

    [Fact]
    public void Run_Whole_IsWhatItsStreamEndsIn()
    {
        JsonNode whole = JsonNode.Parse(ResponsesWire.EncodeResponse(ToldRuns.Answer, Context))!;
        JsonNode ended = Events(ToldRuns.Answer)[^1]["response"]!;

        Assert.Equal(ended["output"]!.ToJsonString(), whole["output"]!.ToJsonString());
    }

    [Fact]
    public void Run_IsAnItemOfItsOwn()
    {
        JsonArray output = JsonNode.Parse(ResponsesWire.EncodeResponse(ToldRuns.Answer, Context))!["output"]!.AsArray();

        Wire.Same(
            $$$"""
            {"id":"{{{output[0]!["id"]}}}","type":"mcp_list_tools","server_label":"docs","tools":[
              {"description":"Finds.","input_schema":{"type":"object"},"name":"find"}]}
            """,
            output[0]!);
        Wire.Same(
            $$$"""
            {"id":"{{{output[1]!["id"]}}}","type":"mcp_call","status":"completed","approval_request_id":null,
             "arguments":"{\"q\":1}","error":null,"name":"find","output":"one","server_label":"docs"}
            """,
            output[1]!);
        Wire.Same(
            $$$"""
            {"id":"{{{output[2]!["id"]}}}","type":"mcp_call","status":"failed","approval_request_id":null,"arguments":"{}",
             "error":{"type":"mcp_tool_execution_error","content":[{"type":"text","text":"no"}]},
             "name":"drop","output":null,"server_label":"docs"}
            """,
            output[2]!);
    }

    [Fact]
    public void Run_Streamed_KeepsTheLaws() => Assert.Equal(
        ["mcp_list_tools", "mcp_call", "mcp_call", "reasoning", "message"],
        ResponsesStreamLaws.Check(ResponsesWire.EncodeStream(ResponseReplay.Events(ToldRuns.Answer), Context))["output"]!
            .AsArray().Select(item => (string?)item!["type"]));

    [SharedTheory(ApiSchemas.OpenAIFolder)]
    [InlineData("MCPListTools", "mcp_list_tools")]
    [InlineData("MCPToolCall", "mcp_call")]
    [InlineData("MCPApprovalRequest", "mcp_approval_request")]
    public void Item_IsAsOpenAIDescribesIt(string schema, string type)
    {
        JsonNode[] items =
        [
            .. Output(ToldRuns.Answer).Concat(Output(ToldRuns.AnswerOf(ToldRuns.Question)))
                .Where(item => (string?)item!["type"] == type).Select(item => item!),
        ];

        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Empty(new ApiSchemaCheck(ApiSchemas.OpenAI).Complaints(schema, item)));
    }

    [Fact]
    public void Run_ThatComesBack_IsWhatWasTold()
    {
        Message back = Assert.Single(Back(ToldRuns.Answer), message => message.Role == Role.Assistant);

        ToldRuns.Same(ToldRuns.Answer.Choices[0].Parts, back.Parts);
    }

    [Fact]
    public void Question_ThatComesBack_IsWhatWasAsked()
    {
        ChatResponse asked = ToldRuns.AnswerOf(ToldRuns.Question);
        JsonArray output = Output(asked);
        string id = (string)output[0]!["id"]!;
        output.Add(JsonNode.Parse($$"""{"type":"mcp_approval_response","approval_request_id":"{{id}}","approve":true,"reason":"ok"}"""));

        IReadOnlyList<Message> messages = Decode(output).Messages;

        var request = (McpApprovalRequestPart)Assert.Single(messages[0].Parts);
        Assert.Equal(ToldRuns.Question.Made, request.Made);
        Assert.Equal(2, request.Round);
        var response = (McpApprovalResponsePart)Assert.Single(messages[1].Parts);
        Assert.Equal((request.ApprovalId, true, "ok"), (response.ApprovalId, response.Approved, response.Reason));
    }

    [Theory]
    [InlineData("name", "drop")]
    [InlineData("server_label", "crm")]
    [InlineData("id", "mcp_lpm_AAAAAAAAAAAAAAAA0pcall_1_req_1_1")]
    [InlineData("id", "mcp_lpm_")]
    public void Run_ThatWasChanged_Is400ThatNamesIt(string field, string value)
    {
        JsonArray output = Output(ToldRuns.Answer);
        output[1]![field] = value;

        GatewayError error = Assert.Throws<GatewayException>(() => Decode(output)).Error;

        Assert.Equal((400, "input[1].id", "invalid_seal"), (error.Status, error.Param, error.Code));
    }

    [Theory]
    [InlineData("name", "drop")]
    [InlineData("server_label", "crm")]
    [InlineData("arguments", "{\"q\":2}")]
    public void Question_ThatWasChanged_Is400ThatNamesIt(string field, string value)
    {
        JsonArray output = Output(ToldRuns.AnswerOf(ToldRuns.Question));
        output[0]![field] = value;

        GatewayError error = Assert.Throws<GatewayException>(() => Decode(output)).Error;

        Assert.Equal((400, "input[0].id", "invalid_seal"), (error.Status, error.Param, error.Code));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("_req_2")]
    [InlineData("_req")]
    public void Question_UnderAnIdWithAnotherEnd_Is400(string end)
    {
        JsonArray output = Output(ToldRuns.AnswerOf(ToldRuns.Question));
        output[0]!["id"] = (string?)output[0]!["id"] + end;

        Assert.Equal("invalid_seal", Assert.Throws<GatewayException>(() => Decode(output)).Error.Code);
    }

    [Fact]
    public void Run_OfAnotherGateway_Is400() => Assert.Equal("invalid_seal", Assert.Throws<GatewayException>(
        () => OpenAIResponsesRequestDecoder.Decode(
            JsonBody.Read(Asked(Output(ToldRuns.Answer))), CancellationToken.None, new IdSeal("another"))).Error.Code);

    [Fact]
    public void Run_OfTheProviderItself_StaysAsItIs()
    {
        JsonArray items = JsonNode.Parse("""
            [{"type":"mcp_list_tools","id":"mcpl_68d5","server_label":"d","tools":[]},
             {"type":"mcp_call","id":"mcp_68d5","server_label":"d","name":"roll","arguments":"{}","output":"6"},
             {"type":"mcp_approval_request","id":"mcpr_68d5","server_label":"d","name":"roll","arguments":"{}"}]
            """)!.AsArray();

        Message told = Assert.Single(Decode(items).Messages);

        Assert.All(told.Parts, part => Assert.IsType<OpaquePart>(part));
    }

    [Fact]
    public void Run_ThatBrokeOff_IsIncompleteAndHasNoResult()
    {
        ChatResponse broken = ToldRuns.AnswerOf(ToldRuns.Find);

        Assert.Equal("incomplete", (string?)Output(broken)[0]!["status"]);
        Assert.IsType<McpCallPart>(Assert.Single(Assert.Single(Back(broken)).Parts));
    }

    [Fact]
    public void Result_ThatDoesNotComeBack_IsTakenFromTheKeptAnswer()
    {
        JsonArray output = Output(ToldRuns.Answer);
        string kept = $$"""{"output":{{output.ToJsonString()}} }""";
        output[1]!.AsObject().Remove("output");
        JsonEnvelope body = JsonBody.Read(Asked(output).AsMemory());
        using var said = new PooledBuffer();

        KeptItem lost = OpenAIResponsesKeptItems.LastNamed(body)!;
        OpenAIResponsesKeptItems.Write(body, new KeptAnswer(lost.AnswerId, "[]", kept), said);

        Assert.Equal(("resp_req_1", true), (lost.AnswerId, lost.MayBeMissing));
        Assert.Null(OpenAIResponsesKeptItems.LastNamed(JsonBody.Read(said.Written)));
        Assert.Equal("one", (string?)JsonNode.Parse(said.Written.Span)!["input"]![1]!["output"]);
    }

    [Fact]
    public void Result_ThatNobodyHasAnyMore_IsAnErrorThatTheModelIsTold()
    {
        JsonArray output = Output(ToldRuns.Answer);
        output[1]!.AsObject().Remove("output");

        McpResultPart result = Decode(output).Messages[0].Parts.OfType<McpResultPart>().First();

        Assert.True(result.IsError);
        Assert.Contains("not brought back", ((TextPart)result.Parts[0]).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Result_OfMoreThanText_IsToldAndNamed()
    {
        AnswerContext context = Context;
        ChatResponse answer = ToldRuns.AnswerOf(ToldRuns.Find, new McpResultPart(
            ToldRuns.Find.CallId,
            [new TextPart("a"), new ImagePart(MediaSource.FromBase64("AA==", "image/png")), new TextPart("b")]));

        JsonNode told = JsonNode.Parse(ResponsesWire.EncodeResponse(answer, context))!["output"]![0]!;

        Assert.Equal("a\nb\n[An image (image/png, 8935ac50d13ce84e), which the model was shown.]", (string?)told["output"]);
        Assert.Equal(["mcp_call.output"], context.Losses.Names);
    }

    private static List<Message> Back(ChatResponse answer) => [.. Decode(Output(answer)).Messages];

    private static JsonArray Output(ChatResponse answer) =>
        JsonNode.Parse(ResponsesWire.EncodeResponse(answer, Context))!["output"]!.DeepClone().AsArray();

    private static ChatRequest Decode(JsonArray items) =>
        OpenAIResponsesRequestDecoder.Decode(JsonBody.Read(Asked(items)), CancellationToken.None, Seal);

    private static byte[] Asked(JsonArray items) =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"model":"m","input":{{items.ToJsonString()}}}""");

    private static JsonNode[] Events(ChatResponse answer) =>
    [
        .. ResponsesWire.EncodeStream(ResponseReplay.Events(answer), Context).Split('\n')
            .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
            .Select(line => JsonNode.Parse(line["data: ".Length..])!),
    ];
}
