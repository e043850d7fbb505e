using Lightport.Conversation;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.Aws.Converse;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Dialects.OpenAI.Chat;
using Lightport.Tests.Dialects.OpenAI.Responses;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Dialects;

/// <summary>The tier that an answer was served in is told by a stream as by a whole answer.</summary>
public sealed class ServiceTierTests
{
    private const string ChatStream = """
        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","service_tier":"priority","choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    private const string MessagesStream = """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1,"service_tier":"standard"}}}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":1}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    [Fact]
    public void ChatStream_OfATier_TellsBothClients()
    {
        List<StreamEvent> events = ChatWire.DecodeStream(ChatStream);

        Assert.Equal("priority", ChatWire.Fold(events).ToResponse().ServiceTier);
        Assert.Contains("\"model\":\"m\",\"service_tier\":\"priority\",\"choices\"", ChatWire.EncodeStream(events), StringComparison.Ordinal);
        Assert.Equal("priority", Wire.Fold(Wire.Decode(Wire.EncodeStream(events))).ServiceTier);
    }

    [Fact]
    public void MessagesStream_OfTheStandardTier_IsTheDefaultOne()
    {
        List<StreamEvent> events = Wire.Decode(MessagesStream);

        Assert.Equal("default", Wire.Fold(events).ServiceTier);
        Assert.Contains("\"output_tokens\":1,\"service_tier\":\"standard\"}}}", Wire.EncodeStream(events), StringComparison.Ordinal);
        Assert.Equal("default", ChatWire.Fold(ChatWire.DecodeStream(ChatWire.EncodeStream(events))).ToResponse().ServiceTier);
    }

    [Fact]
    public void Replay_OfAWholeAnswer_KeepsItsTier()
    {
        var response = new ChatResponse { ServiceTier = "flex" };

        Assert.Equal("flex", ChatWire.Fold(ResponseReplay.Events(response)).ToResponse().ServiceTier);
    }

    [Fact]
    public void ConverseStream_WhoseTierComesWithItsCounts_TellsItAsAWholeAnswerDoes()
    {
        byte[] body =
        [
            .. ConverseWire.Start, .. ConverseWire.Text("Hello"), .. ConverseWire.Stop(0),
            .. AwsEventStream.Event("messageStop", """{"stopReason":"end_turn"}"""),
            .. AwsEventStream.Event(
                "metadata",
                """
                {"usage":{"inputTokens":3,"outputTokens":1,"totalTokens":4},"metrics":{"latencyMs":1},"serviceTier":{"type":"flex"}}
                """),
        ];

        AssertAllTell("flex", ConverseWire.Decode(body));
    }

    [Fact]
    public void GeminiStream_WhoseTierComesLast_TellsItAsAWholeAnswerDoes() => AssertAllTell(
        "flex",
        GeminiWire.Events(
            GeminiWire.Chunk("""{"text":"Hello"}"""),
            GeminiWire.Chunk(
                "",
                ",\"finishReason\":\"STOP\"",
                """
                ,"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":1,"totalTokenCount":4,"serviceTier":"flex"}
                """)));

    [Fact]
    public void ResponsesStream_ThatBeginsWithAuto_TellsTheTierThatItEndsWith() => AssertAllTell(
        "priority",
        ResponsesProvider.DecodeStream(ResponsesProvider.Stream(
            """{"type":"response.created","response":{"id":"resp_1","model":"m","service_tier":"auto","output":[]}}""",
            """
            {"type":"response.completed","response":{"id":"resp_1","model":"m","status":"completed","service_tier":"priority","output":[{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hello"}]}],"usage":{"input_tokens":3,"output_tokens":1,"total_tokens":4}}}
            """)));

    /// <summary>Those whose wire has a word for it behind the content say it there.</summary>
    private static void AssertAllTell(string tier, IEnumerable<StreamEvent> events)
    {
        List<StreamEvent> told = [.. events];

        Assert.Equal(tier, ChatWire.Fold(told).ToResponse().ServiceTier);
        string chat = ChatWire.EncodeStream(told, includeUsage: true);
        Assert.Contains(
            $"\"service_tier\":\"{tier}\",\"choices\":[],\"usage\":{{\"prompt_tokens\":3,", chat, StringComparison.Ordinal);
        Assert.EndsWith(
            $"\"service_tier\":\"{tier}\",\"store\":false,",
            Upto(ResponsesWire.EncodeStream(told), "\"usage\":{\"input_tokens\":3,"),
            StringComparison.Ordinal);
    }

    private static string Upto(string text, string mark) =>
        text[..text.LastIndexOf(mark, StringComparison.Ordinal)];
}
