using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// A state machine: stream event in, bytes of the client's dialect out. It lives as long as the request: an answer may
/// go on from another provider, whose start is then passed over and whose parts are counted on.
/// </summary>
public interface IAnswerEncoder
{
    void Encode(StreamEvent streamEvent, IBufferWriter<byte> output);

    /// <summary>
    /// Ends the client's answer as its dialect ends: whatever closes the answer, then the terminator. Called once,
    /// last. After a <see cref="StreamEvent.Failed"/> nothing follows: what broke must not look whole.
    /// </summary>
    void Complete(IBufferWriter<byte> output);
}
