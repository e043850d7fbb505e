using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>Answers of Bedrock, whole and in pieces, and every trap that gateways have fallen into with it.</summary>
public sealed class AwsConverseAnswerTests : IDisposable
{
    private readonly TestGateway _gateway = BedrockGateway.Create();

    private static readonly byte[] Rich =
    [
        .. ConverseWire.Start,
        .. ConverseWire.Delta("""{"reasoningContent":{"text":"hm"}}"""),
        .. ConverseWire.Delta("""{"reasoningContent":{"text":" so"}}"""),
        .. ConverseWire.Delta("""{"reasoningContent":{"signature":"sig"}}"""),
        .. ConverseWire.Stop(0),
        .. ConverseWire.Delta("""{"reasoningContent":{"redactedContent":"YmxvYg=="}}""", 1),
        .. ConverseWire.Stop(1),
        .. ConverseWire.Text("one", 2),
        .. ConverseWire.Text(" \\u00e9", 2),
        .. ConverseWire.Stop(2),
        .. ConverseWire.Text("two", 3),
        .. ConverseWire.Delta("""{"citation":{"location":{"web":{"url":"https://x.example/"}},"title":"T","sourceContent":[{"text":"w"}]}}""", 3),
        .. ConverseWire.Stop(3),
        .. ConverseWire.Begin("""{"toolUse":{"toolUseId":"t1","name":"look"}}""", 4),
        .. ConverseWire.Delta("""{"toolUse":{"input":"{\"q\""}}""", 4),
        .. ConverseWire.Delta("""{"toolUse":{"input":":1}"}}""", 4),
        .. ConverseWire.Stop(4),
        .. ConverseWire.Begin("""{"toolUse":{"toolUseId":"t2","name":"rest"}}""", 5),
        .. ConverseWire.Stop(5),
        .. AwsEventStream.Event("messageStop", """{"stopReason":"tool_use"}"""),
        .. AwsEventStream.Event("metadata", """
            {"metrics":{"latencyMs":7},"serviceTier":{"type":"default"},"usage":{"inputTokens":3,"outputTokens":5,"totalTokens":120,
             "cacheReadInputTokens":12,"cacheWriteInputTokens":100,"cacheDetails":[{"ttl":"1h","inputTokens":40},{"ttl":"5m","inputTokens":60}]}}
            """),
    ];

    private const string RichWhole = """
        {"output":{"message":{"role":"assistant","content":[
          {"reasoningContent":{"reasoningText":{"text":"hm so","signature":"sig"}}},{"reasoningContent":{"redactedContent":"YmxvYg=="}},
          {"text":"one é"},{"citationsContent":{"content":[{"text":"two"}],"citations":[
           {"location":{"web":{"url":"https://x.example/"}},"title":"T","sourceContent":[{"text":"w"}]}]}},
          {"toolUse":{"toolUseId":"t1","name":"look","input":{"q":1}}},{"toolUse":{"toolUseId":"t2","name":"rest","input":{}}}]}},
         "stopReason":"tool_use","usage":{"inputTokens":3,"outputTokens":5,"totalTokens":120,"cacheReadInputTokens":12,
          "cacheWriteInputTokens":100,"cacheDetails":[{"ttl":"1h","inputTokens":40},{"ttl":"5m","inputTokens":60}]}}
        """;

    /// <summary>Clients of Smithy's unions pass over the shape's name and over members that are null.</summary>
    [Fact]
    public void Delta_WithItsShapesNameAndNullMembers_IsTheOneThatItHas()
    {
        byte[] body =
        [
            .. ConverseWire.Start,
            .. ConverseWire.Delta("""{"__type":"ContentBlockDelta","reasoningContent":null,"text":"Hello"}"""),
            .. ConverseWire.Stop(0),
            .. ConverseWire.Begin("""{"__type":"ContentBlockStart","toolUse":{"toolUseId":"t1","name":"look"}}""", 1),
            .. ConverseWire.Delta("""{"text":null,"toolUse":{"input":"{}"}}""", 1),
            .. ConverseWire.Stop(1),
            .. ConverseWire.End,
        ];

        IReadOnlyList<ContentPart> parts = Assert.Single(ConverseWire.Fold(ConverseWire.Decode(body)).Choices).Parts;

        Assert.Equal(new TextPart("Hello"), parts[0] as TextPart, (one, other) => one?.Text == other?.Text);
        Assert.Equal("look", Assert.IsType<ToolCallPart>(parts[1]).Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public void Stream_InPieces_SaysWhatTheWholeAnswerDoes(int piece)
    {
        ChatResponse streamed = ConverseWire.Fold(ConverseWire.Decode(Rich, piece));
        ChatResponse whole = ConverseWire.Whole(RichWhole);

        Assert.Equal(whole.Choices[0].Parts.Select(Tell), streamed.Choices[0].Parts.Select(Tell));
        Assert.Equal(whole.Choices[0].Finish, streamed.Choices[0].Finish);
        Assert.Equal(whole.Usage, streamed.Usage);
    }

    [Fact]
    public void Whole_IsReadPartByPart()
    {
        ChatResponse whole = ConverseWire.Whole(RichWhole);

        Assert.Equal(
            [
                "thought 'hm so' sig", "redacted blob", "text 'one é'", "text 'two' https://x.example/ T w",
                """call t1 look {"q":1}""", "call t2 rest {}",
            ],
            whole.Choices[0].Parts.Select(Tell));
        Assert.Equal(FinishReason.ToolCalls, whole.Choices[0].Finish.Reason);
        Assert.Equal(
            new TokenUsage { Input = 3, CacheRead = 12, CacheWrite = 60, CacheWriteLong = 40, Output = 5 }, whole.Usage);
    }

    [Fact]
    public async Task Texts_AreJoinedWithNothingBetween()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            ConverseWire.Answer.Replace("{\"text\":\"Hello\"}", "{\"text\":\"Hel\"},{\"text\":\"lo\"}", StringComparison.Ordinal)));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.Chat));

        Assert.Equal("Hello", (string?)call.Json["choices"]![0]!["message"]!["content"]);
    }

    /// <summary>Wherever the connection ends, the twelve bytes of a prelude included: no cut looks like an end.</summary>
    [Fact]
    public void Stream_CutAnywhereBeforeItsStop_IsAFailure()
    {
        int stop = ConverseWire.Events.Length - ConverseWire.End.Length;
        for (int length = 1; length <= stop; length++)
        {
            IReadOnlyList<StreamEvent> events = ConverseWire.Decode(ConverseWire.Events[..length]);

            Assert.IsType<StreamEvent.Failed>(events[^1]);
            Assert.DoesNotContain(events, one => one is StreamEvent.ResponseEnd);
        }
    }

    [Theory]
    [InlineData("throttlingException", 429, "rate_limit_error")]
    [InlineData("modelStreamErrorException", 424, "server_error")]
    [InlineData("serviceUnavailableException", 503, "server_error")]
    [InlineData("internalServerException", 500, "server_error")]
    [InlineData("validationException", 400, "invalid_request_error")]
    public async Task Exception_BeforeContent_IsARealStatus(string exception, int status, string type)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Of(
            ConverseWire.MediaType,
            [.. ConverseWire.Start, .. AwsEventStream.Exception(exception, """{"message":"Told by AWS."}""")]));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.ChatStream));

        Assert.Equal((status, "Told by AWS.", type), (call.Status, call.Error("message"), call.Error("type")));
    }

    [Fact]
    public async Task Exception_AfterContent_IsAnErrorAndNoNormalStop()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Of(
            ConverseWire.MediaType,
            [
                .. ConverseWire.Start, .. ConverseWire.Text("Hel"),
                .. AwsEventStream.Exception("modelStreamErrorException", """{"message":"Told by AWS.","originalStatusCode":424}"""),
            ]));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.ChatStream));

        Assert.Contains("Told by AWS.", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stop\"", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", call.Text, StringComparison.Ordinal);
        Assert.True(_gateway.Record.Failed);
    }

    /// <summary>An error of the connection has no payload: its words are in the headers.</summary>
    [Fact]
    public void ErrorOfTheConnection_IsReadFromItsHeaders()
    {
        byte[] error = AwsEventStream.Message(
            "", (":message-type", "error"), (":error-code", "InternalError"), (":error-message", "Told by AWS."));

        var failed = Assert.IsType<StreamEvent.Failed>(ConverseWire.Decode([.. ConverseWire.Start, .. error])[^1]);

        Assert.Equal("Told by AWS.", failed.Error.Message);
    }

    [Fact]
    public async Task Checksum_ThatIsWrong_IsAnError()
    {
        byte[] broken = ConverseWire.Text("never told");
        broken[^6] ^= 1;
        _gateway.Upstream.Answer(ScriptedResponse.Of(
            ConverseWire.MediaType, [.. ConverseWire.Start, .. ConverseWire.Text("Hel"), .. broken, .. ConverseWire.End]));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.ChatStream));

        Assert.Contains("checksum", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("never", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "ValidationException", """{"message":"Input is too long for requested model."}""", "context_length_exceeded")]
    [InlineData(400, "ValidationException", """{"message":"No such thing."}""", "ValidationException")]
    [InlineData(429, "ThrottlingException:http://internal.amazon.com/coral/com.amazon.bedrock/", """{"message":"Slow."}""", "ThrottlingException")]
    [InlineData(404, null, """{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}""", "UnknownOperationException")]
    [InlineData(403, null, """{"Message":"You don't have access to the model."}""", "permission_denied")]
    public async Task Error_IsReadFromHeaderOrBody(int status, string? type, string body, string code)
    {
        var refusal = new ScriptedResponse(status, "application/json", new MemoryStream(Encoding.UTF8.GetBytes(body)));
        if (type is not null)
        {
            refusal.Fields["x-amzn-ErrorType"] = type;
        }

        _gateway.Upstream.Answer(refusal);

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.Chat));

        Assert.Equal((status, code), (call.Status, call.Error("code")));
    }

    /// <summary>AWS quotes what it was sent, the session's token with it, to whoever signed it wrongly.</summary>
    [Fact]
    public async Task RefusedSignature_IsTheGatewaysTrouble_AndQuotesNothing()
    {
        var refusal = new ScriptedResponse(
            403,
            "application/json",
            new MemoryStream("""{"message":"The request signature we calculated does not match: x-amz-security-token:CANARY"}"""u8.ToArray()))
        {
            Fields = { ["x-amzn-ErrorType"] = "InvalidSignatureException" },
        };
        _gateway.Upstream.Answer(refusal);

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.Chat));

        Assert.Equal((502, "provider_key_refused"), (call.Status, call.Error("code")));
        Assert.DoesNotContain("CANARY", call.Text, StringComparison.Ordinal);
        Assert.Contains("AWS_BEARER_TOKEN_BEDROCK", _gateway.Secrets.Invalidated);
    }

    [Theory]
    [InlineData("end_turn", FinishReason.Stop)]
    [InlineData("stop_sequence", FinishReason.Stop)]
    [InlineData("max_tokens", FinishReason.Length)]
    [InlineData("model_context_window_exceeded", FinishReason.Length)]
    [InlineData("tool_use", FinishReason.ToolCalls)]
    [InlineData("guardrail_intervened", FinishReason.ContentFilter)]
    [InlineData("content_filtered", FinishReason.ContentFilter)]
    [InlineData("malformed_tool_use", FinishReason.Stop)]
    public void StopReason_IsTheNearestOfFour_AndKeepsItsWord(string reason, FinishReason expected) => Assert.Equal(
        new Finish(expected, reason),
        ConverseWire.Whole(ConverseWire.Answer.Replace("end_turn", reason, StringComparison.Ordinal)).Choices[0].Finish);

    [Fact]
    public void ToolsThatTheProviderRan_AreToldAsSuch()
    {
        ChatResponse streamed = ConverseWire.Fold(ConverseWire.Decode(
        [
            .. ConverseWire.Start,
            .. ConverseWire.Begin("""{"toolUse":{"toolUseId":"t","name":"nova_code_interpreter","type":"server_tool_use"}}""", 0),
            .. ConverseWire.Delta("""{"toolUse":{"input":"{\"snippet\":\"1\"}"}}"""),
            .. ConverseWire.Stop(0),
            .. ConverseWire.Begin("""{"toolResult":{"toolUseId":"t","type":"nova_code_interpreter_result","status":"success"}}""", 1),
            .. ConverseWire.Delta("""{"toolResult":[{"text":"7"}]}""", 1),
            .. ConverseWire.Stop(1),
            .. ConverseWire.End,
        ]));

        var call = Assert.IsType<ServerToolCallPart>(streamed.Choices[0].Parts[0]);
        var result = Assert.IsType<ServerToolResultPart>(streamed.Choices[0].Parts[1]);
        Assert.Equal((DialectIds.AwsConverse, "t", """{"snippet":"1"}"""), (call.Dialect, call.CallId, call.Arguments));
        Assert.Equal("7", Assert.IsType<TextPart>(Assert.Single(result.Parts)).Text);
    }

    [Fact]
    public void Trace_OfAGuardrail_IsToldAsLost()
    {
        var losses = new AnswerLosses();
        byte[] metadata = AwsEventStream.Event(
            "metadata", """{"usage":{"inputTokens":1,"outputTokens":1,"totalTokens":2},"trace":{"guardrail":{}}}""");

        ConverseWire.Decode(
            [.. ConverseWire.Start, .. AwsEventStream.Event("messageStop", """{"stopReason":"end_turn"}"""), .. metadata],
            losses: losses);

        Assert.Equal(["trace"], losses.Names);
    }

    /// <summary>A key in two parts of the environment, and a third for a session.</summary>
    [Fact]
    public async Task Key_InPartsOfTheEnvironment_Signs()
    {
        _gateway.Secrets.Missing.Add("AWS_BEARER_TOKEN_BEDROCK");
        _gateway.Upstream.Answer(ScriptedResponse.Json(ConverseWire.Answer));

        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.Chat));

        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Contains("Credential=value-of-AWS_ACCESS_KEY_ID/", seen.Header("Authorization"), StringComparison.Ordinal);
        Assert.Equal("value-of-AWS_SESSION_TOKEN", seen.Header("X-Amz-Security-Token"));
    }

    [Fact]
    public async Task Key_WithAPartMissing_IsNoKey()
    {
        _gateway.Secrets.Missing.UnionWith(["AWS_BEARER_TOKEN_BEDROCK", "AWS_SECRET_ACCESS_KEY"]);

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.Chat));

        Assert.Equal((503, "provider_not_configured"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Key_ThatIsHalfOfOne_SaysWhatIsWanted()
    {
        _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = "AKIDEXAMPLE:";

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.Chat));

        Assert.Equal((503, "provider_not_configured"), (call.Status, call.Error("code")));
        Assert.Contains("'AWS_BEARER_TOKEN_BEDROCK' must be", call.Error("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("AKIDEXAMPLE", call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private static string Tell(ContentPart part) => part switch
    {
        TextPart { Citations: [{ Sources: [var source, ..] }, ..] } text when source is not null =>
            $"text '{text.Text}' {source.Url} {source.Title} {source.CitedText}",
        TextPart text => $"text '{text.Text}'",
        ReasoningPart { State: { Redacted: true } state } => $"redacted {state.Data}",
        ReasoningPart thought => $"thought '{thought.Text}' {thought.State?.Data}",
        ToolCallPart call => $"call {call.CallId} {call.Name} {call.Arguments}",
        _ => part.GetType().Name,
    };
}
