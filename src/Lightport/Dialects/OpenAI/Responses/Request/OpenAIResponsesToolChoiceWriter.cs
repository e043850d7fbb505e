using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes whether tools may or must be called, and which.</summary>
internal sealed class OpenAIResponsesToolChoiceWriter(
    Utf8JsonWriter writer, List<(int Index, ToolDefinition Tool)> offered, ToolNames names)
{
    public void Write(ToolChoice choice)
    {
        switch (choice.Mode)
        {
            case ToolChoiceMode.Named when choice.Servers is [var server, ..]:
                writer.WritePropertyName("tool_choice"u8);
                WriteToolset(server, choice.Names.Count > 0 ? choice.Names[0] : null);
                break;
            case ToolChoiceMode.Named:
                writer.WritePropertyName("tool_choice"u8);
                WriteTool(choice.Names[0]);
                break;
            case ToolChoiceMode.Allowed:
                writer.WriteStartObject("tool_choice"u8);
                writer.WriteString("type"u8, "allowed_tools"u8);
                writer.WriteString("mode"u8, choice.Required ? "required"u8 : "auto"u8);
                writer.WriteStartArray("tools"u8);
                foreach (string name in choice.Names)
                {
                    WriteTool(name);
                }

                foreach (string server in choice.Servers)
                {
                    WriteToolset(server, tool: null);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("tool_choice"u8, choice.Mode switch
                {
                    ToolChoiceMode.None => "none",
                    ToolChoiceMode.Required => "required",
                    _ => "auto",
                });
                break;
        }
    }

    /// <summary>A tool by its name; one that the provider runs itself by its type, which is its only name.</summary>
    private void WriteTool(string name)
    {
        ToolDefinition? tool = Find(name);
        writer.WriteStartObject();
        if (tool is { Kind: ToolKind.Server, Native: { } native })
        {
            writer.WriteString("type"u8, native.TextOf("type") ?? name);
        }
        else
        {
            writer.WriteString("type"u8, tool is { Kind: ToolKind.Custom } ? "custom"u8 : "function"u8);
            writer.WriteString("name"u8, names.For(name));
        }

        writer.WriteEndObject();
    }

    private void WriteToolset(string server, string? tool)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, OpenAIResponsesToolsets.Type);
        writer.WriteString("server_label"u8, server);
        writer.WriteOptional("name", tool);
        writer.WriteEndObject();
    }

    private ToolDefinition? Find(string name)
    {
        foreach ((_, ToolDefinition tool) in offered)
        {
            if (tool.Name == name)
            {
                return tool;
            }
        }

        return null;
    }
}
