using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>Hands a count on as it came. It comes whole, and nothing was used by it.</summary>
internal sealed class TokenCountRelay(TokenCountCall call) : AnswerRelay(promptTokens: 0)
{
    private static GatewayError NotStreamed { get; } =
        GatewayError.BadUpstream("The provider streamed its count, which comes whole.");

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        Usage = call.ReadWhole(body).Usage;
        HasContent = Ended = true;
        return body;
    }

    public override void Push(in Frame frame, IBufferWriter<byte> output) => Error ??= NotStreamed;

    public override void Complete(IBufferWriter<byte> output) => Error ??= NotStreamed;

    public override void Fail(GatewayError error, IBufferWriter<byte> output) => Error ??= error;
}
