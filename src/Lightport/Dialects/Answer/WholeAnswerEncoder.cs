using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>Writes one whole answer at its end, out of the events of however many sources.</summary>
/// <param name="write">Writes an answer as the client's dialect has it.</param>
/// <param name="writeError">Writes an error the same way.</param>
public sealed class WholeAnswerEncoder(
    Action<ChatResponse, IBufferWriter<byte>> write, Action<GatewayError, IBufferWriter<byte>> writeError)
    : IAnswerEncoder
{
    private StreamAccumulator? _parts;
    private ChatResponse? _whole;

    /// <inheritdoc/>
    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        if (streamEvent is StreamEvent.Whole whole)
        {
            _whole = whole.Response;
        }
        else
        {
            (_parts ??= new StreamAccumulator()).Add(streamEvent);
        }
    }

    /// <inheritdoc/>
    public void Complete(IBufferWriter<byte> output)
    {
        if (_parts?.Error is { } error)
        {
            writeError(error, output);
        }
        else
        {
            write(_whole ?? _parts?.ToResponse() ?? new ChatResponse(), output);
        }
    }
}
