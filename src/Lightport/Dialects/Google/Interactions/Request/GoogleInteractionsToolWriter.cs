using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Writes the tools, and whether they may or must be called.</summary>
internal static class GoogleInteractionsToolWriter
{
    public const string Choice = "tool_choice";

    /// <summary>The tools that can be shown, and reports the others. Which may be called is said by name.</summary>
    public static List<(int Index, ToolDefinition Tool)> Offered(ChatRequest request, LossLedger losses) =>
        GoogleGeminiToolWriter.Offered(
            request,
            OfferedTools.Of(request, DialectIds.GoogleInteractions, losses, onlyAllowed: false),
            DialectIds.GoogleInteractions,
            losses);

    public static void Write(
        Utf8JsonWriter writer,
        ChatRequest request,
        List<(int Index, ToolDefinition Tool)> offered,
        GoogleGeminiStructuredOutput structured,
        EncodingContext context)
    {
        List<McpToolset> toolsets = OfferedToolsets.Of(request, DialectIds.GoogleInteractions);
        if (offered.Count == 0 && toolsets.Count == 0 && !structured.IsTool)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        if (structured is { IsTool: true, Schema: { } schema })
        {
            // First, so that tools which a search finds later come last.
            Begin(
                writer,
                GoogleGeminiWire.StructuredOutputTool,
                request.Options.ResponseFormat?.Description ?? AnswerByTool.Description);
            writer.WritePropertyName("parameters"u8);
            GoogleGeminiStructuredOutput.Subset.Write(writer, schema);
            writer.WriteEndObject();
        }

        foreach ((int index, ToolDefinition tool) in offered)
        {
            Write(writer, tool, index, context);
        }

        foreach (McpToolset toolset in toolsets)
        {
            writer.WriteOnOneLine(toolset.Native!.Value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes the field of <c>generation_config</c>; nothing where the client did not choose.</summary>
    public static void WriteChoice(
        Utf8JsonWriter writer,
        ChatRequest request,
        List<(int Index, ToolDefinition Tool)> offered,
        GoogleGeminiStructuredOutput structured,
        EncodingContext context)
    {
        ToolChoice? choice = structured.IsTool ? ToolChoice.Any : request.ToolChoice;
        List<McpToolset> toolsets = OfferedToolsets.Of(request, DialectIds.GoogleInteractions);
        if (OfferedToolChoice.IsLost(request, [.. offered.Select(one => one.Tool)], toolsets))
        {
            context.Losses.Note("tool_choice");
            return;
        }

        if (!structured.IsTool && OfferedToolChoice.IsForced(request) && !context.Traits.ForcedTools)
        {
            context.Losses.Reject("tool_choice");
            choice = ToolChoice.Auto;
        }

        if (choice is null || (offered.Count == 0 && toolsets.Count == 0 && !structured.IsTool))
        {
            return;
        }

        bool isForced = choice is { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } or { Required: true };
        string mode = choice.Mode == ToolChoiceMode.None ? "none" : isForced ? "any" : "auto";
        if (choice.Names.Count == 0)
        {
            writer.WriteString(Choice, mode);
            return;
        }

        writer.WriteStartObject(Choice);
        writer.WriteStartObject("allowed_tools"u8);
        writer.WriteString("mode"u8, mode);
        writer.WriteOptional("tools", [.. choice.Names.Select(context.ToolNames.For)]);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ToolDefinition tool, int index, EncodingContext context)
    {
        if (tool is { NativeDialect: DialectIds.GoogleInteractions, Native: { } native })
        {
            writer.WriteOnOneLine(native);
            return;
        }

        if (tool.Strict == true)
        {
            // Nobody says that calls are held to their schemas.
            context.Losses.Drop($"tools[{index}].strict");
        }

        Begin(writer, context.ToolNames.For(tool.Name), CustomToolFunction.Describe(tool, index, context.Losses));
        if (tool.Kind == ToolKind.Custom)
        {
            writer.WritePropertyName("parameters"u8);
            writer.WriteRawValue(CustomToolFunction.Schema, skipInputValidation: true);
        }
        else if (tool.Parameters is { ValueKind: JsonValueKind.Object } schema && schema.GetPropertyCount() > 0)
        {
            writer.WritePropertyName("parameters"u8);
            GoogleGeminiStructuredOutput.Subset.Write(writer, schema);
        }

        writer.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter writer, string name, string? description)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteString("name"u8, name);
        writer.WriteOptional("description", description);
    }
}
