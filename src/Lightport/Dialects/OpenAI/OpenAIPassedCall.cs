using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI;

/// <summary>A call of one of OpenAI's operations whose answers only pass.</summary>
internal sealed class OpenAIPassedCall(BodySegments body, Func<AnswerRelay> createRelay) : Call(body)
{
    public override AnswerRelay CreateRelay() => createRelay();

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        OpenAIChatErrorReader.Read(status, body);
}
