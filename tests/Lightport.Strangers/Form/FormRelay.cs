using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Strangers.Form;

/// <summary>Hands sound on as it comes.</summary>
internal sealed class FormRelay(long promptTokens) : AnswerRelay(promptTokens)
{
    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        output.Write(frame.Raw);
        HasContent = true;
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output) =>
        throw new NotSupportedException("Sound is never waited for.");

    public override void Complete(IBufferWriter<byte> output)
    {
        if (Error is null && !HasContent)
        {
            Error = GatewayError.BadUpstream("The provider sent no sound.");
        }

        Ended = true;
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output) => Error ??= error;
}
