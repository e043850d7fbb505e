using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes one whole answer at its end, and has it kept.</summary>
internal sealed class OpenAIResponsesWholeEncoder : IKeptAnswerEncoder
{
    private readonly WholeAnswerEncoder _whole;

    public OpenAIResponsesWholeEncoder(
        AnswerContext context, OpenAIResponsesSnapshot snapshot, OpenAIResponsesAnswerTools tools) =>
        _whole = new WholeAnswerEncoder(
            (response, output) =>
                Kept = OpenAIResponsesResponseEncoder.Encode(response, context, snapshot, tools, output),
            OpenAIChatErrors.Encode);

    public KeptAnswer? Kept { get; private set; }

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output) => _whole.Encode(streamEvent, output);

    public void Complete(IBufferWriter<byte> output) => _whole.Complete(output);
}
