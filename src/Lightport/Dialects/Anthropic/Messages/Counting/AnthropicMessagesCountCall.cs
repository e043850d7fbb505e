using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>A count that Anthropic's endpoint was asked for.</summary>
internal sealed class AnthropicMessagesCountCall(BodySegments body, PooledBuffer? memory = null)
    : TokenCountCall(body, memory)
{
    protected override string Field => AnthropicMessagesWire.CountField;

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        AnthropicMessagesErrors.Read(status, body);
}
