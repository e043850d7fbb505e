using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Why an answer ended, in Gemini's words (https://ai.google.dev/api/generate-content#FinishReason).</summary>
internal static class GoogleGeminiFinishWriter
{
    /// <param name="refused">The answer holds a refusal in words, whatever the provider called its end.</param>
    public static void Write(Utf8JsonWriter writer, Finish finish, bool refused, AnswerLosses losses)
    {
        writer.WriteString("finishReason"u8, Word(finish, refused));
        if (finish.Native is { } native && !IsPlain(native) && !IsOwn(native))
        {
            writer.WriteString("finishMessage"u8, native);
        }

        if (finish.StopSequence is not null)
        {
            losses.Add("stop_sequence");
        }

        if (finish.Details is not null)
        {
            losses.Add("stop_details");
        }
    }

    /// <summary>The reason of a block that left nothing of the answer; null where the finish is none.</summary>
    public static string? BlockReason(Finish finish) => finish.Reason != FinishReason.ContentFilter ? null
        : finish.Native is "OTHER" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "IMAGE_SAFETY" or "MODEL_ARMOR"
            or "JAILBREAK" ? finish.Native
        : "SAFETY";

    private static string Word(Finish finish, bool refused) => finish switch
    {
        { Native: { } own } when IsOwn(own) => own,
        { Reason: FinishReason.Length } => "MAX_TOKENS",
        { Reason: FinishReason.ContentFilter } => "SAFETY",
        _ when refused => "SAFETY",
        _ => "STOP",
    };

    private static bool IsOwn(string native) => native is "STOP" or "MAX_TOKENS" or "SAFETY" or "RECITATION"
        or "LANGUAGE" or "OTHER" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "MALFORMED_FUNCTION_CALL"
        or "IMAGE_SAFETY" or "UNEXPECTED_TOOL_CALL" or "TOO_MANY_TOOL_CALLS" or "IMAGE_PROHIBITED_CONTENT"
        or "NO_IMAGE" or "IMAGE_RECITATION" or "IMAGE_OTHER";

    /// <summary>A word that says no more than the four reasons do.</summary>
    private static bool IsPlain(string native) => native is "stop" or "end_turn" or "stop_sequence" or "tool_use"
        or "tool_calls" or "function_call" or "length" or "max_tokens" or "content_filter" or "refusal";
}
