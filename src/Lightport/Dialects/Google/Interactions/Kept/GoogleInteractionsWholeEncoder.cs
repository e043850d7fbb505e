using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Writes one whole interaction at its end, and has it kept.</summary>
internal sealed class GoogleInteractionsWholeEncoder : IKeptAnswerEncoder
{
    private readonly WholeAnswerEncoder _whole;

    public GoogleInteractionsWholeEncoder(AnswerContext context, GoogleInteractionsKeeping keeping) =>
        _whole = new WholeAnswerEncoder(
            (response, output) =>
            {
                ChatResponse named = response with { Id = keeping.IdOf(response.Id) };
                Kept = keeping.Keep(named);
                GoogleInteractionsResponseEncoder.Encode(named, context, output);
            },
            (error, output) => GoogleErrors.Write(output, error, context.RequestId));

    public KeptAnswer? Kept { get; private set; }

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output) => _whole.Encode(streamEvent, output);

    public void Complete(IBufferWriter<byte> output) => _whole.Complete(output);
}
