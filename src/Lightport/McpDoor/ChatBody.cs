using System.Text.Json;
using Lightport.Transport.Body;

namespace Lightport.McpDoor;

/// <summary>A question to a model as the body of a request at the door of chat completions.</summary>
internal static class ChatBody
{
    /// <param name="system">What stands before it; null for nothing.</param>
    /// <param name="mostTokens">Of the answer; null for the model's own limit.</param>
    /// <param name="streams">It is to come in pieces.</param>
    public static byte[] Write(
        string model, string prompt, string? system = null, int? mostTokens = null, bool streams = false)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("model"u8, model);
            writer.WriteStartArray("messages"u8);
            if (system is not null)
            {
                WriteMessage(writer, "system", system);
            }

            WriteMessage(writer, "user", prompt);
            writer.WriteEndArray();
            if (mostTokens is { } most)
            {
                writer.WriteNumber("max_completion_tokens"u8, most);
            }

            if (streams)
            {
                writer.WriteBoolean("stream"u8, true);
                writer.WriteStartObject("stream_options"u8);
                writer.WriteBoolean("include_usage"u8, true);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return buffer.Written.ToArray();
    }

    private static void WriteMessage(Utf8JsonWriter writer, string role, string content)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, role);
        writer.WriteString("content"u8, content);
        writer.WriteEndObject();
    }
}
