using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Why an answer ended (https://ai.google.dev/api/generate-content#FinishReason). Calls end in <c>STOP</c> as words do.
/// </summary>
internal static class GoogleGeminiFinishDecoder
{
    /// <param name="hasCalls">The answer calls the client's tools.</param>
    public static Finish Decode(string? reason, bool hasCalls) => new(
        reason switch
        {
            "MAX_TOKENS" => FinishReason.Length,
            "SAFETY" or "RECITATION" or "LANGUAGE" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "MODEL_ARMOR"
                or "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION" => FinishReason.ContentFilter,

            // STOP, OTHER, IMAGE_OTHER, NO_IMAGE, and what is new.
            _ => hasCalls ? FinishReason.ToolCalls : FinishReason.Stop,
        },
        reason);

    /// <summary>The end of an answer whose prompt was refused: it is told in place of the answer.</summary>
    public static Finish Blocked(string reason) => new(FinishReason.ContentFilter, reason);

    /// <summary>
    /// Whether a reason means that the model failed: it made a call that is none, and what is there of the answer is
    /// not what it wanted to say.
    /// </summary>
    public static bool IsFailure(string? reason) => reason is "MALFORMED_FUNCTION_CALL" or "UNEXPECTED_TOOL_CALL"
        or "TOO_MANY_TOOL_CALLS" or "MALFORMED_RESPONSE" or "MISSING_THOUGHT_SIGNATURE";

    public static GatewayError Failure(string reason, string? message) => GatewayError.BadUpstream(
        string.IsNullOrEmpty(message) ? $"The provider ended the answer with {reason}." : $"{reason}: {message}",
        ErrorStage.Stream);
}
