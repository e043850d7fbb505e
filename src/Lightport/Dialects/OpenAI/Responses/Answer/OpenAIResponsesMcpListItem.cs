using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Which tools an MCP server has, told before anything of the model's.</summary>
internal sealed class OpenAIResponsesMcpListItem(string id, int index, McpToolListPart list)
    : OpenAIResponsesItem(id, index)
{
    public override bool IsWhole => true;

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, OpenAIResponsesMcpItems.List);
        writer.WriteString("server_label"u8, list.Server);
        writer.WriteStartArray("tools"u8);
        foreach (ToolDefinition tool in Status == OpenAIResponsesItemStatus.InProgress ? [] : list.Tools)
        {
            WriteTool(writer, tool);
        }

        writer.WriteEndArray();
        writer.WriteOptional("error", list.Error);
        writer.WriteEndObject();
    }

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events) =>
        Tell("response.mcp_list_tools.in_progress"u8, events);

    protected override void FinishParts(OpenAIResponsesEvents? events) => Tell(
        list.Error is null ? "response.mcp_list_tools.completed"u8 : "response.mcp_list_tools.failed"u8, events);

    private static void WriteTool(Utf8JsonWriter writer, ToolDefinition tool)
    {
        // What is not known is left out: the Vercel AI SDK takes null for neither field.
        writer.WriteStartObject();
        writer.WriteOptional("description", tool.Description);
        writer.WritePropertyName("input_schema"u8);
        if (tool.Parameters is { ValueKind: JsonValueKind.Object } schema)
        {
            writer.WriteOnOneLine(schema);
        }
        else
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }

        writer.WriteString("name"u8, tool.Name);
        writer.WriteEndObject();
    }

    private void Tell(ReadOnlySpan<byte> type, OpenAIResponsesEvents? events)
    {
        if (events is not null)
        {
            events.Begin(type, this);
            events.End();
        }
    }
}
