using System.Text.Json;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>
/// Reads a request's body whole and looks at its top level: the model asked for, and whether to stream.
/// </summary>
internal static class RequestReader
{
    /// <summary>The longest model name, in UTF-16 units.</summary>
    public const int MaxModelLength = 256;

    /// <exception cref="GatewayException">The body is too long, is no JSON object, or names no model.</exception>
    public static async ValueTask ReadAsync(Exchange exchange)
    {
        PooledBuffer body = await RequestBody
            .ReadAsync(exchange, RequestGuard.MaxBodyBytes, RequestGuard.BodyTooLarge)
            .ConfigureAwait(false);
        try
        {
            JsonEnvelope envelope = JsonEnvelope.Read(body.Written);
            CheckMessages(exchange.Endpoint.Dialect, envelope);
            exchange.Understand(body, envelope, Model(envelope), Stream(envelope));
        }
        catch (JsonException e)
        {
            string message = Describe(e, body.Length);
            body.Dispose();
            throw new GatewayException(GatewayError.BadRequest(message, code: "invalid_json"), e);
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    private static string Model(JsonEnvelope envelope)
    {
        if (!envelope.TryGet("model", out JsonField field) || field.Type == JsonTokenType.Null)
        {
            throw GatewayException.BadRequest(
                "You must provide a model parameter. GET /v1/models lists what there is.", "model", "missing_model");
        }

        string model = field.Type == JsonTokenType.String
            ? envelope.GetString("model")!
            : throw GatewayException.BadRequest("'model' must be a string.", "model", "invalid_type");
        if (model.Length is 0 or > MaxModelLength || model.Any(char.IsControl))
        {
            throw GatewayException.BadRequest(
                $"'model' must be 1 to {MaxModelLength} characters, none of them a control character.", "model");
        }

        return model;
    }

    private static bool Stream(JsonEnvelope envelope) =>
        !envelope.TryGet("stream", out JsonField field) || field.Type == JsonTokenType.Null
            ? false
            : envelope.GetBoolean("stream")
                ?? throw GatewayException.BadRequest("'stream' must be true or false.", "stream", "invalid_type");

    /// <summary>A conversation of nothing is refused here, also where the body is passed on unread.</summary>
    private static void CheckMessages(string? dialect, JsonEnvelope envelope)
    {
        if (dialect is not (DialectIds.OpenAIChat or DialectIds.AnthropicMessages))
        {
            return;
        }

        if (!envelope.TryGet("messages", out JsonField field) || field.Type == JsonTokenType.Null)
        {
            throw GatewayException.BadRequest("You must provide 'messages'.", "messages", "missing_messages");
        }

        if (field.Type != JsonTokenType.StartArray)
        {
            throw GatewayException.BadRequest("'messages' must be an array.", "messages", "invalid_type");
        }

        if (envelope.Value(field)[1..^1].IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            throw GatewayException.BadRequest("'messages' must hold at least one message.", "messages");
        }
    }

    /// <summary>Says where the JSON breaks, and never what stands there: the body may hold secrets.</summary>
    private static string Describe(JsonException e, int length)
    {
        if (length == 0)
        {
            return "The request body is empty. Send a JSON object.";
        }

        if (e.LineNumber is null)
        {
            return e.Message;
        }

        return e.Message.Contains("maximum configured depth", StringComparison.OrdinalIgnoreCase)
            ? $"The body is nested deeper than {JsonEnvelope.MaxDepth} levels."
            : $"The body is not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.";
    }
}
