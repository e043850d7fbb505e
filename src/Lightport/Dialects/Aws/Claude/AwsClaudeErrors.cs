using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Claude;

/// <summary>
/// An exception of AWS in a stream of Messages, as the error event that Anthropic would send there
/// (https://platform.claude.com/docs/en/api/errors).
/// </summary>
internal static class AwsClaudeErrors
{
    public static void Write(GatewayError error, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, TypeOf(error.Kind));
        writer.WriteString("message"u8, error.Message);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string TypeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.RateLimit => "rate_limit_error",
        ErrorKind.Overloaded => "overloaded_error",
        ErrorKind.Timeout => "timeout_error",
        ErrorKind.Permission => "permission_error",
        ErrorKind.Authentication => "authentication_error",
        ErrorKind.NotFound => "not_found_error",
        ErrorKind.QuotaExceeded => "billing_error",
        ErrorKind.InvalidRequest or ErrorKind.ContextLength => "invalid_request_error",
        _ => "api_error",
    };
}
