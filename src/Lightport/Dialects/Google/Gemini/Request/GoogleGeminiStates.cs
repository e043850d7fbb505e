using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Whose state a request brings back.</summary>
internal static class GoogleGeminiStates
{
    private static readonly StateWords Words = new(
        "thoughtSignature",
        ["parts"],
        ("thoughtSignature", StateFormats.Gemini),
        ("thought_signature", StateFormats.Gemini))
    {
        Read = GoogleGeminiSignature.Read,
    };

    public static RequestStates Of(JsonEnvelope body) => StateScan.In(body, "contents", Words);
}
