using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>A state machine over one provider's streamed answer: frame in, stream events out.</summary>
public interface IAnswerDecoder
{
    /// <summary>The provider has said its last word, though its connection may stay open.</summary>
    bool Ended { get; }

    /// <summary>
    /// Adds to <paramref name="events"/> what this frame says. Malformed frames add a failure, never throw.
    /// </summary>
    void Decode(in Frame frame, List<StreamEvent> events);

    /// <summary>The body has ended: adds what was held back, or a failure where the answer was not complete.</summary>
    void Complete(List<StreamEvent> events);
}
