using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Whose state a chat request brings back.</summary>
internal static class OpenAIChatStates
{
    private static readonly StateWords Words = new(
        OpenAIChatWire.ReasoningDetails,
        [OpenAIChatWire.ReasoningDetails, "tool_calls", "extra_content", "google"],
        ("signature", StateFormats.Anthropic),
        ("data", StateFormats.Anthropic),
        ("thought_signature", StateFormats.Gemini));

    public static RequestStates Of(JsonEnvelope body) => StateScan.In(body, "messages", Words);
}
