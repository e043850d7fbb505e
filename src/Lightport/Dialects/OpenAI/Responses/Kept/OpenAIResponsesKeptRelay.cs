using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Hands on what an account says of an answer that it keeps, whatever that is: one that failed is found again as well.
/// </summary>
internal sealed class OpenAIResponsesKeptRelay() : AnswerRelay(promptTokens: 0)
{
    private static GatewayError NotStreamed { get; } =
        GatewayError.BadUpstream("The provider streamed what was asked for whole.");

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        HasContent = Ended = true;
        return body;
    }

    public override void Push(in Frame frame, IBufferWriter<byte> output) => Error ??= NotStreamed;

    public override void Complete(IBufferWriter<byte> output) => Error ??= NotStreamed;

    public override void Fail(GatewayError error, IBufferWriter<byte> output) => Error ??= error;
}
