using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>An answer that was asked for, out of a conversation or by the client's own bytes.</summary>
internal sealed class GoogleGeminiCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>Hands the answer's bytes on; null where they are not the client's.</summary>
    public Func<AnswerRelay>? Relay { get; init; }

    /// <summary>What was said in other words than the client's.</summary>
    public required AnswerReading Reading { get; init; }

    public required AnswerContext Answer { get; init; }

    public override AnswerRelay? CreateRelay() => Relay?.Invoke();

    public override IAnswerDecoder CreateDecoder() =>
        Reading.Restored(new GoogleGeminiStreamDecoder(Answer.RequestId, Reading.Losses));

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        Reading.Restored(GoogleGeminiResponseDecoder.Decode(body, Answer.RequestId, Reading.Losses));

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        GoogleGeminiErrors.Read(status, body);
}
