using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;
using ModelContextProtocol;

namespace Lightport.McpDoor;

/// <summary>
/// Clients of the MCP door. They are told of errors as JSON-RPC tells them, without the id of a message that could not
/// be read (https://modelcontextprotocol.io/specification/2025-11-25/basic/transports).
/// </summary>
internal sealed class McpFamily : IClientFamily
{
    /// <summary>The first of the codes that JSON-RPC leaves to servers.</summary>
    private const int ServerError = -32000;

    /// <summary>Whoever comes to that path is one, by whatever method.</summary>
    public bool IsShownBy(ClientRequest request) => request.Path == GatewayEndpoints.Mcp.Path;

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteStartObject("error"u8);
        writer.WriteNumber("code"u8, CodeOf(error));
        writer.WriteString("message"u8, error.Message);
        writer.WriteStartObject("data"u8);
        writer.WriteString("code"u8, error.Code);
        writer.WriteString("request_id"u8, requestId);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public void WriteModels(Utf8JsonWriter writer, IReadOnlyList<string> names) => throw NoModels();

    public void WriteModel(Utf8JsonWriter writer, string name) => throw NoModels();

    private static int CodeOf(GatewayError error) => error switch
    {
        { Code: McpMessage.NoJson } => (int)McpErrorCode.ParseError,
        { Status: 400 } => (int)McpErrorCode.InvalidRequest,
        { Status: 500 } => (int)McpErrorCode.InternalError,
        _ => ServerError,
    };

    private static NotSupportedException NoModels() => new("Models are listed to MCP clients by a tool.");
}
