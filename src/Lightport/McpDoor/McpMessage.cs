using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Mcp;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>Reads the one JSON-RPC message of a request.</summary>
internal static class McpMessage
{
    /// <summary>Tells of a body that is no JSON at all.</summary>
    public const string NoJson = "invalid_json";

    /// <summary>In bytes: a message is read whole, and objects are made of it.</summary>
    private const int MostBytes = 4 << 20;

    /// <summary>As of what servers say: a few bytes of a message can be an object of a hundred.</summary>
    private const int MostValues = McpBounds.MostValues;

    private static readonly JsonTypeInfo<JsonRpcMessage> Type =
        (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <summary>Of two readers of a name that stands twice each may believe another half.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly GatewayError TooLarge = RequestGuard.BodyTooLarge with
    {
        Message = "The message is larger than the 4 MiB that an MCP message may have.",
    };

    private static readonly GatewayError TooManyValues = RequestGuard.BodyTooLarge with
    {
        Message = $"The message has more than the {MostValues} values that an MCP message may have.",
    };

    private static readonly GatewayError NoText = GatewayError.BadRequest(
        "A text of the message has half of a surrogate pair (\\ud800 to \\udfff), or is no UTF-8.",
        code: "invalid_message");

    private static readonly GatewayError NoMessage =
        GatewayError.BadRequest("The body must be one JSON-RPC message.", code: "invalid_message");

    private static readonly GatewayError NotAcceptable = new(
        ErrorStage.Request,
        ErrorKind.InvalidRequest,
        StatusCodes.Status406NotAcceptable,
        "The answer is a stream of events: send 'Accept: application/json, text/event-stream'.")
    {
        Code = "not_acceptable",
    };

    private static readonly GatewayError NotSaidToBeJson = new(
        ErrorStage.Request,
        ErrorKind.UnsupportedMediaType,
        StatusCodes.Status415UnsupportedMediaType,
        "An MCP message is JSON: send 'Content-Type: application/json'.")
    {
        Code = "unsupported_media_type",
    };

    /// <exception cref="GatewayException">It may not be read, or is none.</exception>
    public static async ValueTask<JsonRpcMessage> ReadAsync(Exchange exchange)
    {
        HttpRequest request = exchange.Context.Request;
        if ((RequestGuard.Check(request) ?? CheckMediaTypes(request)) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        using PooledBuffer body = await RequestBody
            .ReadAsync(request, MostBytes, TooLarge, exchange.Budget, exchange.Clock, exchange.Aborted)
            .ConfigureAwait(false);
        exchange.TakeText(body.Length);
        JsonElement json;
        try
        {
            if (Objection(body.Written.Span) is { } objection)
            {
                throw new GatewayException(objection);
            }

            json = JsonElement.Parse(body.Written.Span, Strict);
        }
        catch (JsonException e)
        {
            throw new GatewayException(GatewayError.BadRequest("The body is not valid JSON.", code: NoJson), e);
        }

        try
        {
            // A `null` is read without complaint, as nothing.
            return json.Deserialize(Type) ?? throw new GatewayException(NoMessage);
        }
        catch (JsonException e)
        {
            throw new GatewayException(NoMessage, e);
        }
    }

    /// <summary>What is wrong with it that those who read it later could not say; null for nothing.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    private static GatewayError? Objection(ReadOnlySpan<byte> message)
    {
        if (!Utf8.IsValid(message))
        {
            return NoText;
        }

        var reader = new Utf8JsonReader(message);
        int values = 0;
        try
        {
            while (reader.Read())
            {
                bool isText = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName;
                if (isText && reader.ValueIsEscaped)
                {
                    // The framework has no other way to tell whether it can be read.
                    reader.GetString();
                }

                bool isValue = reader.TokenType
                    is not (JsonTokenType.EndObject or JsonTokenType.EndArray or JsonTokenType.PropertyName);
                if (isValue && ++values > MostValues)
                {
                    return TooManyValues;
                }
            }

            return null;
        }
        catch (InvalidOperationException)
        {
            return NoText;
        }
    }

    private static GatewayError? CheckMediaTypes(HttpRequest request)
    {
        bool isJson = MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? sent)
            && sent.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        if (!isJson)
        {
            return NotSaidToBeJson;
        }

        var answer = new MediaTypeHeaderValue("text/event-stream");
        return MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
            && accepted.Any(answer.IsSubsetOf)
                ? null
                : NotAcceptable;
    }
}
