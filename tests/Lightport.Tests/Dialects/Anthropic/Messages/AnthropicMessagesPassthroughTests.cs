using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

public sealed class AnthropicMessagesPassthroughTests
{
    private const string Start =
        "event: message_start\r\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"c\",\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}   \r\n\r\n";

    private const string Text =
        ": hello\nevent: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
        + "event: content_block_delta\ndata:{\"type\":\"content_block_delta\",\"new_field\":1}\n\n";

    private const string End =
        "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"max_tokens\"},\"usage\":{\"output_tokens\":9}}\n\n";

    private const string Stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";

    private const string Overloaded =
        "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";

    [Fact]
    public void PatchRequest_AnyRequest_IsLeftAlone()
    {
        JsonEnvelope request = JsonEnvelope.Read("""{"model":"m"}"""u8.ToArray());
        var patch = new BodyPatch(request);

        AnthropicMessagesPassed.Patch(request, Context(new LossLedger(null, "t")), patch);

        Assert.True(patch.IsEmpty);
    }

    [Theory]
    [InlineData(
        """[{"type":"text","text":"x-anthropic-billing-header: cch=1;"},{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"},"new":1}]""",
        """{"model":"m","system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"},"new":1}],"z":0}""")]
    [InlineData(
        "\"x-anthropic-billing-header: cch=1;\\nBe brief.\"",
        """{"model":"m","system":"Be brief.","z":0}""")]
    [InlineData(
        """[ {"type":"text", "text":"x-anthropic-billing-header: cch=1;\nBe brief.","new":1}, {"type":"text", "text":"s"} ]""",
        """{"model":"m","system":[{"type":"text","text":"Be brief.","new":1},{"type":"text", "text":"s"}],"z":0}""")]
    [InlineData("\"x-anthropic-billing-header: cch=1;\"", """{"model":"m","z":0}""")]
    [InlineData("\"Be brief.\"", """{"model":"m","system":"Be brief.","z":0}""")]
    [InlineData(
        "\"What is x-anthropic-billing-header: for?\"",
        """{"model":"m","system":"What is x-anthropic-billing-header: for?","z":0}""")]
    public void PatchRequest_BillingLine_GoesToAnthropicAlone(string system, string toOthers)
    {
        string body = $$"""{"model":"m","system":{{system}},"z":0}""";

        Assert.Equal(body, Patched(body, exact: true, out LossLedger kept));
        Assert.Equal(toOthers, Patched(body, exact: false, out LossLedger lost));
        Assert.Empty(kept.Dropped);
        Assert.Equal(body == toOthers ? [] : ["x-anthropic-billing-header"], lost.Dropped);
    }

    [Theory]
    [InlineData(
        """{"role":"system","content":"Be \"brief\".", "new":[1, 2]}""",
        """{"role":"user","content":"<system-reminder>\nBe \"brief\".\n</system-reminder>","new":[1, 2]}""")]
    [InlineData(
        """{"content":[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}},{"type":"new"}],"role":"system"}""",
        """{"content":[{"type":"text","text":"<system-reminder>\na\n</system-reminder>","cache_control":{"type":"ephemeral"}},{"type":"new"}],"role":"user"}""")]
    [InlineData("""{"role":"system","content":null}""", """{"role":"user","content":null}""")]
    [InlineData("""{"role":"user","content":"a \"system\" turn"}""", """{"role":"user","content":"a \"system\" turn"}""")]
    [InlineData("\"system\"", "\"system\"")]
    public void PatchRequest_SystemTurns_AreSaidInTheUsersTurnWhereTheServerTakesNone(string turn, string said)
    {
        const string Before = """{"model":"m","messages":[ {"role":"user", "content":"hi"},""";
        const string After = """, {"role":"assistant","content":"ok"}]}""";

        Assert.Equal(Before + turn + After, Patched(Before + turn + After, exact: false, out _));
        Assert.Equal(
            Before + said + After,
            Patched(Before + turn + After, exact: false, out _, SystemTurns.InUserTurn));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void Push_WholeStream_IsPassedByteForByteAndRead(int piece)
    {
        (string output, AnswerRelay relay) = Wire.Relay(Start + Text + End + Stop, piece);

        Assert.Equal(Start + Text + End + Stop, output);
        Assert.Equal(
            ("msg_1", "c", FinishReason.Length, true, true),
            (relay.ResponseId, relay.ResponseModel, relay.Finish, relay.HasContent, relay.Ended));
        Assert.Equal(new TokenUsage { Input = 3, Output = 9 }, relay.Usage);
        Assert.Null(relay.Error);
    }

    [Fact]
    public void Push_ErrorBeforeContent_IsKeptFromTheClient()
    {
        var relay = new AnthropicMessagesRelay();
        var output = new ArrayBufferWriter<byte>();
        Push(relay, Overloaded, output);

        Assert.Equal(0, output.WrittenCount);
        Assert.False(relay.HasContent);
        Assert.Equal((ErrorKind.Overloaded, "Overloaded"), (relay.Error!.Kind, relay.Error.Message));
    }

    [Fact]
    public void Push_ErrorAfterContent_PassesAndNothingFollows()
    {
        (string output, AnswerRelay relay) = Wire.Relay(Start + Text + Overloaded + End);

        Assert.Equal(Start + Text + Overloaded, output);
        Assert.Equal(529, relay.Error!.Status);
    }

    [Fact]
    public void Complete_BeforeTheEnd_TellsTheClient()
    {
        (string output, AnswerRelay relay) = Wire.Relay(Start + Text);

        Assert.StartsWith(Start + Text + "event: error\ndata: {\"type\":\"error\"", output, StringComparison.Ordinal);
        Assert.Equal(502, relay.Error!.Status);
    }

    [Fact]
    public void Complete_OnlyTheTerminatorMissing_AddsIt()
    {
        (string output, AnswerRelay relay) = Wire.Relay(Start + Text + End);

        Assert.Equal(Start + Text + End + Stop, output);
        Assert.Null(relay.Error);
    }

    [Fact]
    public void Push_FrameThatIsNoJson_EndsInAnError()
    {
        (string output, AnswerRelay relay) = Wire.Relay(Start + Text + "event: message_delta\ndata: {\"type\":\n\n" + Stop);

        Assert.StartsWith(Start + Text + "event: error\n", output, StringComparison.Ordinal);
        Assert.Equal(502, relay.Error!.Status);
    }

    [Fact]
    public void Fail_ByTheGateway_EndsTheStreamOnce()
    {
        var relay = new AnthropicMessagesRelay();
        var output = new ArrayBufferWriter<byte>();
        Push(relay, Text, output);
        relay.Fail(new GatewayError(ErrorStage.Stream, ErrorKind.Timeout, 504, "too slow"), output);
        relay.Complete(output);

        string text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.EndsWith(
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"timeout_error\",\"message\":\"too slow\"}}\n\n",
            text,
            StringComparison.Ordinal);
        Assert.Single(text.Split("event: error").Skip(1));
    }

    [Fact]
    public void ReadBody_Answer_TellsItsFactsAndKeepsItsBytes()
    {
        byte[] body = """
            {"id":"msg_1","model":"c","content":[{"id":"not this"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"output_tokens":2}}
            """u8.ToArray();

        PassthroughBody read = AnthropicMessagesBodyReader.Read(body, promptTokens: 0);

        Assert.True(read.Body.Span.SequenceEqual(body));
        Assert.Equal(("msg_1", "c", FinishReason.Stop), (read.Id, read.Model, read.Finish));
        Assert.Equal(new TokenUsage { Input = 1, Output = 2 }, read.Usage);
        Assert.Null(read.Error);
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"api_error","message":"m"}}""", 500)]
    [InlineData("<html>", 502)]
    [InlineData("[]", 502)]
    public void ReadBody_NoAnswer_IsAnError(string body, int status) => Assert.Equal(
        status, AnthropicMessagesBodyReader.Read(Encoding.UTF8.GetBytes(body), promptTokens: 0).Error!.Status);

    private static void Push(AnthropicMessagesRelay relay, string sse, ArrayBufferWriter<byte> output)
    {
        using var reader = new SseFrameReader();
        byte[] bytes = Encoding.UTF8.GetBytes(sse);
        bytes.CopyTo(reader.GetMemory(bytes.Length));
        reader.Advance(bytes.Length);
        while (reader.TryRead(out Frame frame))
        {
            relay.Push(frame, output);
        }
    }

    private static string Patched(
        string body, bool exact, out LossLedger losses, SystemTurns systemTurns = SystemTurns.InPlace)
    {
        JsonEnvelope request = JsonEnvelope.Read(Encoding.UTF8.GetBytes(body));
        var patch = new BodyPatch(request);
        losses = new LossLedger(null, "t");
        CallContext context = Context(losses) with
        {
            Exact = exact,
            Traits = new TargetTraits { SystemTurns = systemTurns },
        };
        AnthropicMessagesPassed.Patch(request, context, patch);
        return Encoding.UTF8.GetString(patch.Apply().ToArray());
    }

    private static CallContext Context(LossLedger losses) =>
        new() { Model = "m", Losses = losses, Answer = Wire.Context };
}
