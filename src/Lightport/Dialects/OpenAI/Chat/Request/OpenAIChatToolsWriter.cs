using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes the tools offered, and whether they may or must be called.</summary>
internal static class OpenAIChatToolsWriter
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        List<(int Index, ToolDefinition Tool)> offered =
            OpenAIChatOfferedTools.Of(request, DialectIds.OpenAIChat, onlyAllowed: true, context.Losses);
        bool isChoiceLost = OfferedToolChoice.IsLost(request, [.. offered.Select(tool => tool.Tool)]);
        if (isChoiceLost)
        {
            context.Losses.Note("tool_choice");
        }

        if (offered.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach ((int index, ToolDefinition tool) in offered)
        {
            WriteTool(writer, tool, index, HasCustomTools(request, context), context);
        }

        writer.WriteEndArray();
        if (request.ToolChoice is { } choice && !isChoiceLost)
        {
            WriteChoice(
                writer, Taken(choice, context), offered, HasCustomTools(request, context), context.ToolNames);
        }

        if (request.Options.ParallelToolCalls is { } parallel)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    /// <summary>
    /// Whether custom tools are said as such. A client of chat has asked for them by itself; for any other a server
    /// that does not know them gets functions.
    /// </summary>
    internal static bool HasCustomTools(ChatRequest request, EncodingContext context) =>
        context.Traits.CustomTools || request.Dialect == DialectIds.OpenAIChat;

    private static void WriteTool(
        Utf8JsonWriter writer, ToolDefinition tool, int index, bool hasCustomTools, EncodingContext context)
    {
        if (tool is { Native: { } native, NativeDialect: DialectIds.OpenAIChat })
        {
            writer.WriteMended(native);
            return;
        }

        bool custom = tool.Kind == ToolKind.Custom && hasCustomTools;
        writer.WriteStartObject();
        writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
        writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
        writer.WriteString("name"u8, context.ToolNames.For(tool.Name));
        string? description = tool.Kind == ToolKind.Custom && !custom
            ? CustomToolFunction.Describe(tool, index, context.Losses)
            : tool.Description;
        if (description is not null)
        {
            writer.WriteString("description"u8, description);
        }

        if (tool.Kind != ToolKind.Custom)
        {
            OpenAIChatParametersWriter.Write(writer, tool, index, context.Losses);
        }
        else if (!custom)
        {
            writer.WritePropertyName("parameters"u8);
            writer.WriteRawValue(CustomToolFunction.Schema, skipInputValidation: true);
        }
        else if (tool.Grammar is { } grammar)
        {
            OpenAIChatCustomFormat.Write(writer, grammar);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>A model that cannot be made to call a tool may still call one.</summary>
    internal static ToolChoice Taken(ToolChoice choice, EncodingContext context)
    {
        if (context.Traits.ForcedTools
            || choice is not ({ Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } or { Required: true }))
        {
            return choice;
        }

        context.Losses.Reject("tool_choice");
        return ToolChoice.Auto;
    }

    private static void WriteChoice(
        Utf8JsonWriter writer,
        ToolChoice choice,
        List<(int Index, ToolDefinition Tool)> offered,
        bool hasCustomTools,
        ToolNames names)
    {
        if (choice.Mode == ToolChoiceMode.Named)
        {
            bool custom = hasCustomTools && offered.Exists(
                one => one.Tool.Name == choice.Names[0] && one.Tool.Kind == ToolKind.Custom);
            writer.WriteStartObject("tool_choice"u8);
            writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
            writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
            writer.WriteString("name"u8, names.For(choice.Names[0]));
            writer.WriteEndObject();
            writer.WriteEndObject();
            return;
        }

        writer.WriteString("tool_choice"u8, choice switch
        {
            { Mode: ToolChoiceMode.None } => "none",
            { Mode: ToolChoiceMode.Required } or { Mode: ToolChoiceMode.Allowed, Required: true } => "required",
            _ => "auto",
        });
    }
}
