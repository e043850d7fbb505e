using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What an account is asked of an answer that it keeps; the request has no body.</summary>
/// <param name="streams">The answer is to be told again as a stream.</param>
internal sealed class OpenAIResponsesKeptCall(HttpMethod method, string place, bool streams)
    : Call(new BodySegments([]))
{
    public override HttpMethod Method => method;

    public override string? Place => place;

    public override AnswerRelay CreateRelay() =>
        streams ? new OpenAIResponsesRelay(promptTokens: 0) : new OpenAIResponsesKeptRelay();

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        OpenAIChatErrorReader.Read(status, body);
}
