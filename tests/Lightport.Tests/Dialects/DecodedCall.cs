using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects;

/// <summary>A call that nobody made, whose answer one decoder reads.</summary>
internal sealed class DecodedCall(IAnswerDecoder decoder) : Call(new BodySegments([]))
{
    public static EventRelay Relay(IAnswerDecoder decoder, IAnswerEncoder encoder, long promptTokens = 0) =>
        new(new DecodedCall(decoder), () => encoder, streams: true, promptTokens, []);

    public override IAnswerDecoder CreateDecoder() => decoder;

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        GatewayError.BadUpstream("No such call was made.");
}
