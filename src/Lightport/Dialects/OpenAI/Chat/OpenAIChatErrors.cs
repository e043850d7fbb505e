using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes errors as every client of an OpenAI door reads them
/// (https://platform.openai.com/docs/guides/error-codes). A provider's own <c>type</c> and <c>code</c> are kept.
/// </summary>
internal static class OpenAIChatErrors
{
    public static void Encode(GatewayError error, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        Write(writer, error);
    }

    /// <summary>Writes <c>{"error":{…}}</c> as one value.</summary>
    public static void Write(Utf8JsonWriter writer, GatewayError error)
    {
        (string type, _) = Words(error.Kind);
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("type"u8, error.Type ?? type);
        WriteTextOrNull(writer, "param", error.Param);
        WriteTextOrNull(writer, "code", CodeOf(error));
        FailedAttempts.WriteTo(writer, error);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes the error as the last event of a stream.</summary>
    internal static void WriteFrame(GatewayError error, IBufferWriter<byte> output)
    {
        output.Write("data: "u8);
        Encode(error, output);
        output.Write("\n\n"u8);
    }

    /// <summary>The provider's own code, or else OpenAI's for what went wrong; null where it has none.</summary>
    internal static string? CodeOf(GatewayError error) => error.Code ?? Words(error.Kind).Code;

    private static (string Type, string? Code) Words(ErrorKind kind) => kind switch
    {
        ErrorKind.RequestTooLarge => ("invalid_request_error", "request_too_large"),
        ErrorKind.Authentication => ("invalid_request_error", "invalid_api_key"),
        ErrorKind.Permission => ("permission_error", "permission_denied"),
        ErrorKind.NotFound => ("invalid_request_error", "not_found"),
        ErrorKind.MethodNotAllowed => ("invalid_request_error", "method_not_allowed"),
        ErrorKind.UnsupportedMediaType => ("invalid_request_error", "unsupported_media_type"),
        ErrorKind.RateLimit => ("rate_limit_error", "rate_limit_exceeded"),
        ErrorKind.QuotaExceeded => ("insufficient_quota", "insufficient_quota"),
        ErrorKind.ContextLength => ("invalid_request_error", "context_length_exceeded"),
        ErrorKind.ContentFilter => ("invalid_request_error", "content_filter"),
        ErrorKind.Overloaded => ("server_error", "overloaded"),
        ErrorKind.Timeout => ("server_error", "timeout"),
        ErrorKind.Canceled => ("server_error", "canceled"),
        ErrorKind.Upstream => ("server_error", "upstream_error"),
        ErrorKind.Internal => ("server_error", "internal_error"),
        _ => ("invalid_request_error", null),
    };

    private static void WriteTextOrNull(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is null)
        {
            writer.WriteNull(name);
        }
        else
        {
            writer.WriteString(name, text);
        }
    }
}
