using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Messages that were asked for, out of a conversation or by the client's own bytes.</summary>
internal sealed class AnthropicMessagesCall(BodySegments body, PooledBuffer? memory = null) : Call(body, memory)
{
    /// <summary>The client's own bytes were sent, so the answer's may pass.</summary>
    public bool Passes { get; init; }

    /// <summary>
    /// The field for which the provider keeps something under the answer's id: the conversation, or what it is compared
    /// by; null for none.
    /// </summary>
    public string? KeptField { get; init; }

    /// <summary>What was said in other words than the client's.</summary>
    public required AnswerReading Reading { get; init; }

    /// <summary>What to say of the prompt where the provider tells no usage: an estimate.</summary>
    public required long PromptTokens { get; init; }

    public override AnswerRelay? CreateRelay() =>
        Passes ? new AnthropicMessagesRelay(PromptTokens, KeptField) : null;

    public override IAnswerDecoder CreateDecoder() =>
        Reading.Restored(new AnthropicMessagesStreamDecoder(Reading.Losses));

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        Reading.Restored(AnthropicMessagesResponseDecoder.Decode(body, Reading.Losses));

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        AnthropicMessagesErrors.Read(status, body);
}
