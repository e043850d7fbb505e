using Lightport.Conversation;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

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
}
