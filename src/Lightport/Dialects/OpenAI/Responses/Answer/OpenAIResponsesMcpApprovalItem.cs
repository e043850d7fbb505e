using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Asks whether a tool of an MCP server may be called.</summary>
/// <param name="id">Sealed, with all that is asked.</param>
internal sealed class OpenAIResponsesMcpApprovalItem(string id, int index, McpApprovalRequestPart asked)
    : OpenAIResponsesItem(id, index)
{
    public override OpaqueState? State => asked.Made?.State;

    public override string CallId => asked.Made?.CallId ?? asked.ApprovalId;

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, OpenAIResponsesMcpItems.ApprovalRequest);
        writer.WriteString("arguments"u8, asked.Arguments);
        writer.WriteString("name"u8, asked.Name);
        writer.WriteString("server_label"u8, asked.Server);
        writer.WriteEndObject();
    }
}
