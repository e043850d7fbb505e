using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>A state machine: stream event in, whole frames of the client's dialect out.</summary>
public interface IStreamEncoder
{
    void Encode(StreamEvent streamEvent, IBufferWriter<byte> output);

    /// <summary>
    /// Ends the client's stream as its dialect ends: whatever closes the answer, then the terminator. Called once,
    /// last. After a <see cref="StreamEvent.Failed"/> nothing follows: what broke must not look whole.
    /// </summary>
    void Complete(IBufferWriter<byte> output);
}
