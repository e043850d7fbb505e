using Lightport.Conversation;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>A chat that was asked for, out of a conversation or by the client's own bytes.</summary>
internal sealed class OpenAIChatCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>Set where bytes pass.</summary>
    public OpenAIChatPassing? Passing { get; init; }

    /// <summary>What was said in other words than the client's.</summary>
    public required AnswerReading Reading { get; init; }

    public override AnswerRelay? CreateRelay() =>
        Passing is null ? null : new OpenAIChatRelay(Passing, OpenAIChatAnswerShape.Chat);

    public override IAnswerDecoder CreateDecoder() => Reading.Restored(new OpenAIChatStreamDecoder());

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        Reading.Restored(OpenAIChatResponseDecoder.Decode(body));

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        OpenAIChatErrorReader.Read(status, body);
}
