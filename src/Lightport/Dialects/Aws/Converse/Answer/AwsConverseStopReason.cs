using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Stop reasons (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html).</summary>
internal static class AwsConverseStopReason
{
    /// <summary>Where Claude says which stop sequence it met, as a JSON pointer that a request asks for.</summary>
    public const string SequencePath = "/stop_sequence";

    /// <param name="stop">The answer, or its last event: has the reason, and perhaps the fields asked for.</param>
    public static Finish Decode(JsonElement stop) => Decode(stop.TextOf("stopReason")) with
    {
        StopSequence = stop.ObjectOf("additionalModelResponseFields")?.TextOf("stop_sequence"),
    };

    private static Finish Decode(string? reason) => new(
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
