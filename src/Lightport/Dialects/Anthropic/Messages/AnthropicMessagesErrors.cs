using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Errors (https://platform.claude.com/docs/en/api/errors), read from a provider and written to a client.
/// </summary>
internal static class AnthropicMessagesErrors
{
    private const int LongestPlainText = 500;

    /// <summary>
    /// Reads any error body: Anthropic's, one in OpenAI's shape, plain text, a page, or nothing. Never throws.
    /// </summary>
    /// <param name="status">The HTTP status; null for an error inside a success, whose type then tells it.</param>
    public static GatewayError Read(int? status, ReadOnlySpan<byte> body)
    {
        try
        {
            JsonElement root = ProviderJson.Parse(body);
            if (root.ValueKind == JsonValueKind.Object)
            {
                return FromJson(status, root);
            }
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            // Not JSON: a proxy's page or a line of text, told below as what it is.
            return FromText(status, Encoding.UTF8.GetString(body).Trim());
        }

        return FromText(status, "");
    }

    /// <summary>Writes <c>{"type":"error","error":{…}}</c>.</summary>
    /// <param name="requestId">Null inside a stream, whose headers told it already.</param>
    public static void Write(Utf8JsonWriter writer, GatewayError error, string? requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "error"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteString("type"u8, AnthropicMessagesErrorTypes.Encode(error));
        writer.WriteString("message"u8, Message(error));
        if (error.Details is { } details)
        {
            writer.WritePropertyName("details"u8);
            writer.WriteOnOneLine(Encoding.UTF8.GetBytes(details));
        }

        FailedAttempts.WriteTo(writer, error);
        writer.WriteEndObject();
        if (requestId is not null)
        {
            writer.WriteString("request_id"u8, requestId);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the error as the last event of a stream.</summary>
    public static void WriteFrame(GatewayError error, IBufferWriter<byte> output)
    {
        var frames = new SseFrameWriter();
        Write(frames.Begin("error"u8, output), error, requestId: null);
        frames.End(output);
    }

    public static void Write(IBufferWriter<byte> output, GatewayError error, string requestId)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        Write(writer, error, requestId);
    }

    /// <summary>
    /// Coding agents shorten their history when they meet Anthropic's own words, so another provider's get them too.
    /// </summary>
    private static string Message(GatewayError error) =>
        error.Kind == ErrorKind.ContextLength
        && !error.Message.Contains("prompt is too long", StringComparison.OrdinalIgnoreCase)
            ? "prompt is too long: " + error.Message
            : error.Message;

    private static GatewayError FromJson(int? status, JsonElement root)
    {
        bool isNested = LenientText.TryGetProperty(root, "error", out JsonElement nested)
            && nested.ValueKind != JsonValueKind.Null;
        JsonElement error = isNested ? nested : root;
        if (error.ValueKind == JsonValueKind.String)
        {
            return Build(status, null, error.Text());
        }

        if (error.ValueKind != JsonValueKind.Object)
        {
            return FromText(status, "");
        }

        string? type = isNested ? Text(error, "type") : null;
        string? message = Text(error, "message") ?? Text(error, "detail") ?? Text(root, "message");
        return Build(status, type, message) with
        {
            Code = Text(error, "code"),
            Param = Text(error, "param"),
            Details = LenientText.TryGetProperty(error, "details", out JsonElement details)
                && details.ValueKind == JsonValueKind.Object
                ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(details))
                : null,
        };
    }

    private static GatewayError FromText(int? status, string text) =>
        Build(status, null, text.Length is 0 or > LongestPlainText || text[0] == '<' ? null : text);

    private static GatewayError Build(int? status, string? type, string? message)
    {
        int effective = status ?? AnthropicMessagesErrorTypes.Status(type);
        message = string.IsNullOrEmpty(message)
            ? $"The provider answered with status {effective} and no error that can be read."
            : message;
        ErrorKind kind = AnthropicMessagesErrorTypes.Kind(type, effective, message);
        return new GatewayError(ErrorStage.Upstream, kind, effective, message)
        {
            Type = type,
            Retryable = kind is ErrorKind.RateLimit or ErrorKind.Overloaded or ErrorKind.Timeout or ErrorKind.Upstream,
        };
    }

    private static string? Text(JsonElement owner, string name) =>
        LenientText.TryGetProperty(owner, name, out JsonElement value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.Text(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}
