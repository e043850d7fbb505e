using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Tells an error as the event that stands outside any answer
/// (https://platform.openai.com/docs/api-reference/responses-streaming/error).
/// </summary>
internal static class OpenAIResponsesErrors
{
    /// <param name="sequence">The event's own number in its stream.</param>
    public static void WriteEvent(GatewayError error, int sequence, IBufferWriter<byte> output)
    {
        output.Write("event: error\ndata: "u8);
        using (var writer = new Utf8JsonWriter(output, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "error"u8);
            writer.WriteNumber("sequence_number"u8, sequence);
            writer.WriteString("code"u8, OpenAIChatErrors.CodeOf(error));
            writer.WriteString("message"u8, error.Message);
            writer.WriteString("param"u8, error.Param);
            writer.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }
}
