using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes the tools offered, and whether they may or must be called.</summary>
internal static class OpenAIResponsesToolsWriter
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        List<(int Index, ToolDefinition Tool)> offered =
            OpenAIChatOfferedTools.Of(request, DialectIds.OpenAIResponses, onlyAllowed: false, context.Losses);
        List<McpToolset> toolsets = OfferedToolsets.Of(request, DialectIds.OpenAIResponses);
        bool isChoiceLost = request.ToolChoice is not null
            && OfferedToolChoice.IsLost(request, [.. offered.Select(tool => tool.Tool)], toolsets);
        if (isChoiceLost)
        {
            context.Losses.Note("tool_choice");
        }

        if (offered.Count == 0 && toolsets.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach ((int index, ToolDefinition tool) in offered)
        {
            WriteTool(writer, tool, index, context);
        }

        foreach (McpToolset toolset in toolsets)
        {
            writer.WriteMended(toolset.Native!.Value);
        }

        writer.WriteEndArray();
        if (request.ToolChoice is { } choice && !isChoiceLost)
        {
            var choices = new OpenAIResponsesToolChoiceWriter(writer, offered, context.ToolNames);
            choices.Write(OpenAIChatToolsWriter.Taken(choice, context));
        }

        writer.WriteOptional("parallel_tool_calls", request.Options.ParallelToolCalls);
    }

    private static void WriteTool(Utf8JsonWriter writer, ToolDefinition tool, int index, EncodingContext context)
    {
        if (tool is { Native: { } native, NativeDialect: DialectIds.OpenAIResponses })
        {
            writer.WriteMended(native);
            return;
        }

        bool custom = tool.Kind == ToolKind.Custom;
        writer.WriteStartObject();
        writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
        writer.WriteString("name"u8, context.ToolNames.For(tool.Name));
        writer.WriteOptional("description", tool.Description);
        if (!custom)
        {
            OpenAIChatParametersWriter.Write(writer, tool, index, context.Losses, said: true);
        }
        else if (tool.Grammar is { } grammar)
        {
            writer.WriteStartObject("format"u8);
            writer.WriteString("type"u8, "grammar"u8);
            writer.WriteString("syntax"u8, grammar.Syntax);
            writer.WriteString("definition"u8, grammar.Definition);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
