using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>
/// One streamed answer between provider and client: provider frames in, client bytes out, and the facts of it read on
/// the way. Passed through or translated, the pump that drives it sees no difference.
/// </summary>
public interface IAnswerRelay
{
    /// <summary>Something of the answer itself has been written: from here on no other attempt may take over.</summary>
    bool HasContent { get; }

    /// <summary>The answer has come to its own end; what the provider may still send does not matter.</summary>
    bool Ended { get; }

    /// <summary>Set when the provider reported a failure inside the stream, or broke it off.</summary>
    GatewayError? Error { get; }

    /// <summary>What the provider told.</summary>
    TokenUsage? Usage { get; }

    /// <summary>
    /// What the answer has used up to now, wherever it breaks off: told, or else estimated from what has passed. Null
    /// while the provider has not begun it.
    /// </summary>
    TokenUsage? SettledUsage { get; }

    FinishReason? Finish { get; }

    string? ResponseId { get; }

    string? ResponseModel { get; }

    /// <summary>Takes one frame. Never throws on what a provider sends: that is an <see cref="Error"/>.</summary>
    void Push(in Frame frame, IBufferWriter<byte> output);

    /// <summary>
    /// The provider's body has ended: ends the client's stream, in an error where the answer was not complete.
    /// </summary>
    void Complete(IBufferWriter<byte> output);

    /// <summary>The gateway ends the stream for a reason of its own (a timeout, a broken connection).</summary>
    void Fail(GatewayError error, IBufferWriter<byte> output);
}
