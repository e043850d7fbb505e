using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Whose state a request brings back: steps that are thoughts have it.</summary>
internal static class GoogleInteractionsStates
{
    private static readonly StateWords Words =
        new("thought.signature", [], ("signature", StateFormats.Interactions))
        {
            Read = static (text, own) => GoogleInteractionsThought.State(text) ?? new OpaqueState(own, ""),
        };

    public static RequestStates Of(JsonEnvelope body) => StateScan.In(body, "input", Words);
}
