using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>
/// One attempt's answer between provider and client: the provider's frames in, the client's bytes out, and the facts of
/// it read on the way. Passed through or translated, whole or streamed, the source that drives it sees no difference.
/// </summary>
/// <param name="promptTokens">What to say of the prompt where the provider tells no usage: an estimate.</param>
public abstract class AnswerRelay(long promptTokens)
{
    /// <summary>Something of the answer itself has come: from here on no other attempt may take over.</summary>
    public bool HasContent { get; protected set; }

    /// <summary>The answer has come to its own end; what the provider may still send does not matter.</summary>
    public bool Ended { get; protected set; }

    /// <summary>Set when the provider reported a failure inside the answer, or broke it off; bounded.</summary>
    public GatewayError? Error
    {
        get;
        protected set => field = value?.Bounded();
    }

    /// <summary>What the provider told, or what was estimated because it never will.</summary>
    public TokenUsage? Usage { get; protected set; }

    /// <summary>
    /// What the answer has used up to now, wherever it breaks off: told, or else estimated from what has passed. Null
    /// while the provider has not begun it.
    /// </summary>
    public TokenUsage? SettledUsage => HasContent || ResponseId is not null || Usage is not null
        ? Estimator.Settle(Usage, complete: Finish is not null || (Ended && Error is null))
        : null;

    /// <summary>Words of the answer, or of its thoughts, have come: not its beginning alone.</summary>
    internal bool HasWords => Estimator.HasWords;

    public FinishReason? Finish { get; protected set; }

    /// <summary>The provider's id of the answer.</summary>
    public string? ResponseId { get; protected set; }

    public string? ResponseModel { get; protected set; }

    /// <summary>The service that the provider says it was served at; null where it says none.</summary>
    public string? ServiceTier { get; protected set; }

    /// <summary>
    /// By which ids the provider keeps the answer and what it consists of, as far as they have been told: only added
    /// to. None where it keeps nothing for the client.
    /// </summary>
    public virtual IReadOnlyList<string> KeptIds => [];

    /// <summary>What of the request comes to nothing where nobody may be known to have been told them.</summary>
    public virtual string KeptField => "store";

    /// <summary>Counts what has passed.</summary>
    protected UsageEstimator Estimator { get; } = new(promptTokens);

    /// <summary>Takes one frame. Never throws on what a provider sends: that is an <see cref="Error"/>.</summary>
    public abstract void Push(in Frame frame, IBufferWriter<byte> output);

    /// <summary>
    /// Takes an answer that came whole: sets the facts, and <see cref="Error"/> where it is none.
    /// </summary>
    /// <param name="output">Where the client's bytes are written, unless the provider's own will do.</param>
    /// <returns>What the client gets.</returns>
    public abstract ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output);

    /// <summary>
    /// The provider's body has ended: ends the client's stream, in an error where the answer was not complete.
    /// </summary>
    public abstract void Complete(IBufferWriter<byte> output);

    /// <summary>The gateway ends the stream for a reason of its own (a timeout, a broken connection).</summary>
    public abstract void Fail(GatewayError error, IBufferWriter<byte> output);
}
