using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google;

/// <summary>
/// Errors as Google's APIs tell them (https://google.aip.dev/193): a code, a word for it, and details by type.
/// </summary>
internal static class GoogleErrors
{
    private const string TypePrefix = "type.googleapis.com/google.rpc.";

    public static void Write(IBufferWriter<byte> output, GatewayError error, string requestId)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        Write(writer, error, requestId);
    }

    /// <summary>Writes <c>{"error":{…}}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, GatewayError error, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, error.Status);
        writer.WriteString("message"u8, error.Message);
        writer.WriteString("status"u8, Word(error));
        writer.WriteStartArray("details"u8);
        WriteReason(writer, error);
        WriteField(writer, error);
        WriteQuota(writer, error);
        WriteWait(writer, error);
        WriteRequest(writer, requestId);
        writer.WriteEndArray();
        FailedAttempts.WriteTo(writer, error);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Google's word for what went wrong: the provider's own where it is one.</summary>
    public static string Word(GatewayError error) => IsStatus(error.Type) ? error.Type! : Status(error.Status);

    private static void WriteReason(Utf8JsonWriter writer, GatewayError error)
    {
        if (error.Code is { } code)
        {
            Begin(writer, "ErrorInfo");
            writer.WriteString("reason"u8, code);
            writer.WriteString("domain"u8, error.Provider ?? "lightport");
            writer.WriteEndObject();
        }
    }

    private static void WriteField(Utf8JsonWriter writer, GatewayError error)
    {
        if (error.Param is { } field)
        {
            Begin(writer, "BadRequest");
            writer.WriteStartArray("fieldViolations"u8);
            writer.WriteStartObject();
            writer.WriteString("field"u8, field);
            writer.WriteString("description"u8, error.Message);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void WriteQuota(Utf8JsonWriter writer, GatewayError error)
    {
        if (error.Quota is { } quota)
        {
            Begin(writer, "QuotaFailure");
            writer.WriteStartArray("violations"u8);
            writer.WriteStartObject();
            writer.WriteString("subject"u8, quota);
            writer.WriteString("description"u8, error.Message);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static void WriteWait(Utf8JsonWriter writer, GatewayError error)
    {
        if (error.RetryAfter is { } wait)
        {
            Begin(writer, "RetryInfo");
            writer.WriteString(
                "retryDelay"u8, string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.###}s"));
            writer.WriteEndObject();
        }
    }

    private static void WriteRequest(Utf8JsonWriter writer, string requestId)
    {
        Begin(writer, "RequestInfo");
        writer.WriteString("requestId"u8, requestId);
        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("@type"u8, TypePrefix + type);
    }

    /// <summary>Whether a provider's own word is one of these statuses.</summary>
    private static bool IsStatus(string? word) => word is "INVALID_ARGUMENT" or "FAILED_PRECONDITION" or "OUT_OF_RANGE"
        or "UNAUTHENTICATED" or "PERMISSION_DENIED" or "NOT_FOUND" or "ABORTED" or "ALREADY_EXISTS"
        or "RESOURCE_EXHAUSTED" or "CANCELLED" or "DATA_LOSS" or "UNKNOWN" or "INTERNAL" or "UNIMPLEMENTED"
        or "UNAVAILABLE" or "DEADLINE_EXCEEDED";

    private static string Status(int status) => status switch
    {
        401 => "UNAUTHENTICATED",
        403 => "PERMISSION_DENIED",
        404 => "NOT_FOUND",
        409 => "ABORTED",
        429 => "RESOURCE_EXHAUSTED",
        499 => "CANCELLED",
        503 or 529 => "UNAVAILABLE",
        504 => "DEADLINE_EXCEEDED",
        >= 500 => "INTERNAL",
        _ => "INVALID_ARGUMENT",
    };
}
