using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>A response that was asked for, out of a conversation or by the client's own bytes.</summary>
internal sealed class OpenAIResponsesCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>The client's own bytes were sent, so the answer's may pass.</summary>
    public bool Passes { get; init; }

    /// <summary>The client wants its provider to keep the answer.</summary>
    public bool Keeps { get; init; }

    /// <summary>What was said in other words than the client's.</summary>
    public required AnswerReading Reading { get; init; }

    /// <summary>What to say of the prompt where the provider tells no usage: an estimate.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>The client has no word for what only this dialect's messages say of themselves.</summary>
    public bool IsOfOtherClient { get; init; }

    private AnswerLosses? Losses => IsOfOtherClient ? Reading.Losses : null;

    public override AnswerRelay? CreateRelay() => Passes ? new OpenAIResponsesRelay(PromptTokens, Keeps) : null;

    public override IAnswerDecoder CreateDecoder() => Reading.Restored(new OpenAIResponsesStreamDecoder(Losses));

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        Reading.Restored(OpenAIResponsesResponseDecoder.Decode(body, Losses));

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        OpenAIChatErrorReader.Read(status, body);
}
