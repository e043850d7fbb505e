using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The last event of a stream that its provider broke off: <c>response.failed</c> where the answer has a name, else the
/// event that stands outside any answer. What the stream told of the answer is not told again.
/// </summary>
internal static class OpenAIResponsesBrokenEnd
{
    /// <param name="id">The provider's id of the answer; null where it gave none.</param>
    /// <param name="sequence">The event's own number in its stream.</param>
    public static void Write(
        GatewayError error, string? id, string? model, long created, int sequence, IBufferWriter<byte> output)
    {
        if (id is null)
        {
            OpenAIResponsesErrors.WriteEvent(error, sequence, output);
            return;
        }

        output.Write("event: response.failed\ndata: "u8);
        using (var writer = new Utf8JsonWriter(output, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "response.failed"u8);
            writer.WriteNumber("sequence_number"u8, sequence);
            writer.WriteStartObject("response"u8);
            writer.WriteString("id"u8, id);
            writer.WriteString("object"u8, "response"u8);
            writer.WriteNumber("created_at"u8, created);
            writer.WriteString("status"u8, "failed"u8);
            writer.WriteString("model"u8, model);
            writer.WriteStartObject("error"u8);
            writer.WriteString("code"u8, OpenAIChatErrors.CodeOf(error) ?? "server_error");
            writer.WriteString("message"u8, error.Message);
            writer.WriteEndObject();
            WriteUnsaid(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    /// <summary>Fields that typed clients want in every response.</summary>
    private static void WriteUnsaid(Utf8JsonWriter writer)
    {
        writer.WriteNull("incomplete_details"u8);
        writer.WriteNull("instructions"u8);
        writer.WriteStartObject("metadata"u8);
        writer.WriteEndObject();
        writer.WriteStartArray("output"u8);
        writer.WriteEndArray();
        writer.WriteBoolean("parallel_tool_calls"u8, true);
        writer.WriteNull("temperature"u8);
        writer.WriteString("tool_choice"u8, "auto"u8);
        writer.WriteStartArray("tools"u8);
        writer.WriteEndArray();
        writer.WriteNull("top_p"u8);
        writer.WriteNull("usage"u8);
    }
}
