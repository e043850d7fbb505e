using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Whose state a request brings back.</summary>
internal static class AnthropicMessagesStates
{
    private static readonly StateWords Words = new(
        "thinking.signature", ["content"], ("signature", StateFormats.Anthropic), ("data", StateFormats.Anthropic));

    public static RequestStates Of(JsonEnvelope body) => StateScan.In(body, "messages", Words);
}
