using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>An interaction that was asked for, out of a conversation or by the client's own bytes.</summary>
internal sealed class GoogleInteractionsCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>The client's own bytes were sent, so the answer's may pass.</summary>
    public bool Passes { get; init; }

    /// <summary>Google keeps the interaction for its client.</summary>
    public bool Keeps { get; init; }

    /// <summary>What was said in other words than the client's.</summary>
    public required AnswerReading Reading { get; init; }

    public required AnswerContext Answer { get; init; }

    public override AnswerRelay? CreateRelay() =>
        Passes ? new GoogleInteractionsRelay(Answer.RequestId, Answer.EstimatedPromptTokens, Keeps) : null;

    public override IAnswerDecoder CreateDecoder() =>
        Reading.Restored(new GoogleInteractionsStreamDecoder(Answer.RequestId));

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        Reading.Restored(GoogleInteractionsResponseDecoder.Decode(body, Answer.RequestId));

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        GoogleInteractionsErrors.Read(status, body);
}
