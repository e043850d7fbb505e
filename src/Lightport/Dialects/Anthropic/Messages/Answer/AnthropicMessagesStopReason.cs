using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Stop reasons (https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons), both ways.
/// </summary>
internal static class AnthropicMessagesStopReason
{
    public static Finish Decode(string? stopReason, string? stopSequence) => new(
        stopReason switch
        {
            "max_tokens" or "model_context_window_exceeded" => FinishReason.Length,
            "tool_use" => FinishReason.ToolCalls,
            "refusal" => FinishReason.ContentFilter,

            // end_turn and stop_sequence; also pause_turn and compaction, which ask for the turn to be sent on.
            _ => FinishReason.Stop,
        },
        stopReason,
        stopSequence);

    /// <param name="refused">The answer holds a refusal in words, whatever the provider called its end.</param>
    public static string Encode(Finish finish, bool refused = false) => finish switch
    {
        { Native: "end_turn" or "max_tokens" or "stop_sequence" or "tool_use" or "pause_turn" or "refusal"
            or "compaction" or "model_context_window_exceeded" } => finish.Native,
        { Reason: FinishReason.Length } => "max_tokens",
        { Reason: FinishReason.ToolCalls } => "tool_use",
        { Reason: FinishReason.ContentFilter } => "refusal",
        _ when refused => "refusal",
        { StopSequence: not null } => "stop_sequence",
        _ => "end_turn",
    };
}
