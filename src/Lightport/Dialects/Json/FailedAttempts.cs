using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Json;

/// <summary>
/// Tells in an error's body where its request was tried: a field of the gateway's own, which no vendor's client reads,
/// and which is there only where there was more than one attempt.
/// </summary>
internal static class FailedAttempts
{
    public static void WriteTo(Utf8JsonWriter writer, GatewayError error)
    {
        if (error.Attempts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("attempts"u8);
        foreach (FailedAttempt attempt in error.Attempts)
        {
            writer.WriteStartObject();
            writer.WriteString("target"u8, attempt.Target);
            writer.WriteString("error"u8, JsonNamingPolicy.SnakeCaseLower.ConvertName(attempt.Kind.ToString()));
            writer.WriteNumber("status"u8, attempt.Status);
            writer.WriteNumber("ms"u8, (long)attempt.Took.TotalMilliseconds);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
