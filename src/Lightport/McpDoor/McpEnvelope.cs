using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>
/// What stands around a message must say what stands in it: proxies go by the headers, and the gateway by the body
/// (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports). Older revisions have but the version.
/// </summary>
internal static class McpEnvelope
{
    public const string VersionHeader = "MCP-Protocol-Version";

    private const string MethodHeader = "Mcp-Method";
    private const string NameHeader = "Mcp-Name";

    /// <summary>The revision that has no sessions and no handshake: each message says all that it needs.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>
    /// In characters: what a client names its request, its progress and a method by, which it is told again with each
    /// message that comes of it.
    /// </summary>
    private const int LongestToken = 256;

    /// <summary>The newest first: clients take the first that they speak too.</summary>
    private static readonly string[] Spoken = [Stateless, "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    /// <summary>The SDK would say yes to them, and nobody would ever hear of a change.</summary>
    private static readonly JsonRpcErrorDetail NoSubscriptions = new()
    {
        Code = (int)McpErrorCode.MethodNotFound,
        Message = "There are no subscriptions here, as there are no sessions: read the resource again.",
    };

    /// <summary>What is wrong with it, for a 400, or a 404 where it is the method; null for nothing.</summary>
    public static JsonRpcErrorDetail? Objection(IHeaderDictionary headers, JsonRpcMessage message)
    {
        if (TooLong(message) is { } tooLong)
        {
            return tooLong;
        }

        string version = headers[VersionHeader].ToString();
        if (version.Length > 0 && !Spoken.Contains(version))
        {
            return new JsonRpcErrorDetail
            {
                Code = (int)McpErrorCode.UnsupportedProtocolVersion,
                Message = $"This gateway speaks the revisions {string.Join(", ", Spoken)}.",

                // As server/discover has it: older revisions are agreed on by a handshake, which this one has not.
                Data = new JsonObject { ["supported"] = new JsonArray(Stateless), ["requested"] = version },
            };
        }

        (string method, JsonObject? parameters) = Read(message);
        if (method is RequestMethods.ResourcesSubscribe or RequestMethods.ResourcesUnsubscribe)
        {
            return NoSubscriptions;
        }

        var meta = parameters?["_meta"] as JsonObject;
        if (method == RequestMethods.Initialize)
        {
            string? wanted = Text(parameters?["protocolVersion"]);
            return version.Length > 0 && wanted is not null && wanted != version ? Mismatch(VersionHeader) : null;
        }

        string? said = Text(meta?[MetaKeys.ProtocolVersion]);
        if (method.Length == 0 || (version != Stateless && said != Stateless))
        {
            return null;
        }

        return message is JsonRpcRequest && version == Stateless && MissingMeta(meta) is { } missing ? missing
            : said is not null && said != version ? Mismatch(VersionHeader)
            : headers[MethodHeader].ToString().Trim() != method ? Mismatch(MethodHeader)
            : Named(method) is { } field && McpHeaderEncoder.DecodeValue(headers[NameHeader].ToString().Trim())
                != (Text(parameters?[field]) ?? "") ? Mismatch(NameHeader)
            : null;
    }

    /// <summary>Whether it may be told again.</summary>
    public static bool IsShort(RequestId id) => id.ToString().Length <= LongestToken;

    private static (string Method, JsonObject? Parameters) Read(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => (request.Method, request.Params as JsonObject),
        JsonRpcNotification notification => (notification.Method, notification.Params as JsonObject),
        _ => ("", null),
    };

    private static JsonRpcErrorDetail? TooLong(JsonRpcMessage message)
    {
        (string method, JsonObject? parameters) = Read(message);
        var meta = parameters?["_meta"] as JsonObject;
        string? field = message is JsonRpcMessageWithId { Id: var id } && !IsShort(id) ? "id"
            : method.Length > LongestToken ? "method"
            : Text(meta?["progressToken"])?.Length > LongestToken ? "params._meta.progressToken"
            : null;
        return field is null ? null : new JsonRpcErrorDetail
        {
            Code = (int)McpErrorCode.InvalidRequest,
            Message = $"'{field}' may have {LongestToken} characters at most.",
        };
    }

    private static JsonRpcErrorDetail? MissingMeta(JsonObject? meta) =>
        Text(meta?[MetaKeys.ProtocolVersion]) is null ? Missing(MetaKeys.ProtocolVersion)
            : meta?[MetaKeys.ClientCapabilities] is not JsonObject ? Missing(MetaKeys.ClientCapabilities)
            : null;

    /// <summary>The parameter that <c>Mcp-Name</c> repeats; null where there is none.</summary>
    private static string? Named(string method) => method switch
    {
        RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
        RequestMethods.ResourcesRead => "uri",
        _ => null,
    };

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static JsonRpcErrorDetail Missing(string key) => new()
    {
        Code = (int)McpErrorCode.InvalidParams,
        Message = $"Requests of revision {Stateless} must say '_meta/{key}'.",
    };

    private static JsonRpcErrorDetail Mismatch(string header) => new()
    {
        Code = (int)McpErrorCode.HeaderMismatch,
        Message = $"The header {header} must be there and say what the message says.",
    };
}
