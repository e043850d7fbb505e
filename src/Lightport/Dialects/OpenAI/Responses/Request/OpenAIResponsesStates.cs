using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Whose state a request brings back.</summary>
internal static class OpenAIResponsesStates
{
    private static readonly StateWords Words =
        new("reasoning.encrypted_content", [], ("encrypted_content", StateFormats.OpenAI))
        {
            Read = (text, own) => OpaqueState.FromSlot(OpenAIResponsesReasoning.WithoutPart(text), own),
        };

    public static RequestStates Of(JsonEnvelope body) => StateScan.In(body, "input", Words);
}
