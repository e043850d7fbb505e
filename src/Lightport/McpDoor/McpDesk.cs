using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Lightport.Admission;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>
/// The gateway as an MCP server (https://modelcontextprotocol.io): takes one message a request, for a caller that has
/// been admitted, and keeps no session, so that any instance answers.
/// </summary>
/// <param name="serving">Made with the first message, for a start must not wait for it.</param>
internal sealed class McpDesk(Lazy<McpServing> serving, IGatewayConfigurationSource configuration)
{
    private static readonly JsonTypeInfo<JsonRpcError> ErrorType =
        (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcError));

    /// <param name="journey">Answers what a tool asks of the gateway in the caller's name.</param>
    /// <exception cref="GatewayException">A page may not call, or the message is none.</exception>
    public async ValueTask AnswerAsync(Exchange exchange, Journey journey)
    {
        HttpRequest request = exchange.Context.Request;
        if (LocalCallers.OriginRefusal(request, configuration.Current.Admission.Cors) is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        exchange.Context.Response.Headers["x-request-id"] = exchange.RequestId;
        JsonRpcMessage message = await McpMessage.ReadAsync(exchange).ConfigureAwait(false);
        if (McpEnvelope.Objection(request.Headers, message) is { } objection)
        {
            await RefuseAsync(exchange, message, objection).ConfigureAwait(false);
            return;
        }

        string version = request.Headers[McpEnvelope.VersionHeader].ToString();
        message.Context = new() { ProtocolVersion = version.Length == 0 ? null : version };
        await serving.Value.ServeAsync(exchange, message, journey).ConfigureAwait(false);
    }

    private static async ValueTask RefuseAsync(Exchange exchange, JsonRpcMessage message, JsonRpcErrorDetail objection)
    {
        var error = new JsonRpcError
        {
            Id = message is JsonRpcRequest { Id: var id } && McpEnvelope.IsShort(id) ? id : default,
            Error = objection,
        };
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(error, ErrorType);
        HttpResponse response = exchange.Context.Response;
        response.StatusCode = objection.Code == (int)McpErrorCode.MethodNotFound
            ? StatusCodes.Status404NotFound
            : StatusCodes.Status400BadRequest;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, exchange.Aborted).ConfigureAwait(false);
    }
}
