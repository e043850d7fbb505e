using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>How an interaction stands when its answer has ended.</summary>
internal static class GoogleInteractionsStatus
{
    public const string InProgress = "in_progress";

    public static string Of(Finish finish) => finish.Reason switch
    {
        FinishReason.ToolCalls => "requires_action",
        FinishReason.Length or FinishReason.ContentFilter => "incomplete",
        _ => "completed",
    };

    /// <summary>Says why an answer was held back, which the status does not.</summary>
    public static void WriteErrors(Utf8JsonWriter writer, Finish finish, AnswerLosses losses)
    {
        if (finish.StopSequence is not null)
        {
            losses.Add("stop_sequence");
        }

        if (finish.Reason != FinishReason.ContentFilter)
        {
            return;
        }

        writer.WriteStartArray("errors"u8);
        writer.WriteStartObject();
        writer.WriteString("code"u8, finish.Native ?? "content_filter");
        writer.WriteString("message"u8, "The answer was held back by the provider's content filter."u8);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
