using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Errors that only this dialect has, and how one is told inside a stream.</summary>
internal static class OpenAIResponsesErrors
{
    /// <summary>An earlier answer that is not known, or not to this client: it is not told which.</summary>
    public static GatewayError NotFound(string id) => new(
        ErrorStage.Request, ErrorKind.NotFound, 404, $"Previous response with id '{ShortText.Of(id)}' not found.")
    {
        Param = "previous_response_id",
        Code = "previous_response_not_found",
    };

    /// <summary>
    /// The code in an answer that failed. Clients act upon OpenAI's: they wait, shorten their history, or give up.
    /// </summary>
    public static string CodeOf(GatewayError error) => error.Kind switch
    {
        ErrorKind.RateLimit => "rate_limit_exceeded",
        ErrorKind.QuotaExceeded => "insufficient_quota",
        ErrorKind.ContextLength => "context_length_exceeded",
        ErrorKind.Overloaded => "server_is_overloaded",
        ErrorKind.InvalidRequest or ErrorKind.RequestTooLarge or ErrorKind.ContentFilter => "invalid_prompt",
        _ => "server_error",
    };

    /// <summary>
    /// Writes the event that stands outside any answer
    /// (https://platform.openai.com/docs/api-reference/responses-streaming/error).
    /// </summary>
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
            FailedAttempts.WriteTo(writer, error);
            writer.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }
}
