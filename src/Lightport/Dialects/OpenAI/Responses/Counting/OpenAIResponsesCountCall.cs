using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>A count that OpenAI's endpoint was asked for.</summary>
internal sealed class OpenAIResponsesCountCall(BodySegments body, PooledBuffer? memory = null)
    : TokenCountCall(body, memory)
{
    protected override string Field => OpenAIResponsesWire.CountField;

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        OpenAIChatErrorReader.Read(status, body);
}
