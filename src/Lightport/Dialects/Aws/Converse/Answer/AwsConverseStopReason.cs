using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Stop reasons (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).</summary>
internal static class AwsConverseStopReason
{
    public static Finish Decode(string? reason) => new(
        reason switch
        {
            "max_tokens" or "model_context_window_exceeded" => FinishReason.Length,
            "tool_use" => FinishReason.ToolCalls,
            "guardrail_intervened" or "content_filtered" or "refusal" => FinishReason.ContentFilter,

            // end_turn and stop_sequence; also malformed_model_output and _tool_use: their text is all there is.
            _ => FinishReason.Stop,
        },
        reason);
}
