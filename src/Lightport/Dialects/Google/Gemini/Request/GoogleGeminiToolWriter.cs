using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes the tools (https://ai.google.dev/api/caching#Tool), and whether they may or must be called.
/// </summary>
internal static class GoogleGeminiToolWriter
{
    /// <summary>Of the tools that a model may be shown those that can be, and reports the others.</summary>
    /// <param name="dialect">Which of Google's is spoken.</param>
    public static List<(int Index, ToolDefinition Tool)> Offered(
        ChatRequest request, List<(int Index, ToolDefinition Tool)> offered, string dialect, LossLedger losses)
    {
        foreach ((int index, ToolDefinition tool) in offered)
        {
            if (tool.Cache is not null)
            {
                losses.Note("cache_control");
            }

            if (IsForeign(tool, dialect))
            {
                losses.Reject($"tools[{index}].{TypeOf(tool)}");
            }
            else if (request.Dialect != dialect)
            {
                foreach (Extension extension in tool.Extensions)
                {
                    losses.Drop($"tools[{index}].{extension.Name}");
                }
            }
        }

        offered.RemoveAll(one => IsForeign(one.Tool, dialect));
        return offered;
    }

    public static void Write(
        Utf8JsonWriter writer,
        ChatRequest request,
        List<(int Index, ToolDefinition Tool)> offered,
        GoogleGeminiStructuredOutput structured,
        EncodingContext context)
    {
        ToolChoice? choice = request.ToolChoice;
        if (choice is not null && OfferedToolChoice.IsLost(request, [.. offered.Select(one => one.Tool)]))
        {
            context.Losses.Note("tool_choice");
            choice = null;
        }
        else if (OfferedToolChoice.IsForced(request) && !context.Traits.ForcedTools)
        {
            context.Losses.Reject("tool_choice");
            choice = ToolChoice.Auto;
        }

        if (offered.Count > 0 || structured.IsTool)
        {
            writer.WriteStartArray("tools"u8);
            WriteFunctions(writer, request, offered, structured, context);
            foreach ((_, ToolDefinition tool) in offered)
            {
                if (tool is { Kind: ToolKind.Server, Native: { } native })
                {
                    writer.WriteOnOneLine(native);
                }
            }

            writer.WriteEndArray();
        }

        WriteConfig(writer, request, structured.IsTool ? ToolChoice.Any : choice, offered.Count > 0, context);
    }

    private static string TypeOf(ToolDefinition tool) => tool.Native?.TextOf("type") ?? tool.Name;

    /// <summary>Only another provider runs it.</summary>
    private static bool IsForeign(ToolDefinition tool, string dialect) =>
        tool.Kind == ToolKind.Server && tool.NativeDialect != dialect;

    private static void WriteFunctions(
        Utf8JsonWriter writer,
        ChatRequest request,
        List<(int Index, ToolDefinition Tool)> offered,
        GoogleGeminiStructuredOutput structured,
        EncodingContext context)
    {
        if (!structured.IsTool && offered.TrueForAll(one => one.Tool.Kind == ToolKind.Server))
        {
            return;
        }

        writer.WriteStartObject();
        writer.WriteStartArray("functionDeclarations"u8);
        // First, so that tools which a search finds later come last.
        if (structured is { IsTool: true, Schema: { } schema })
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, GoogleGeminiWire.StructuredOutputTool);
            string? told = request.Options.ResponseFormat?.Description;
            writer.WriteString("description"u8, told ?? AnswerByTool.Description);
            writer.WritePropertyName("parametersJsonSchema"u8);
            GoogleGeminiStructuredOutput.Subset.Write(writer, schema);
            writer.WriteEndObject();
        }

        foreach ((int index, ToolDefinition tool) in offered)
        {
            if (tool.Kind != ToolKind.Server)
            {
                WriteFunction(writer, tool, index, context);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFunction(Utf8JsonWriter writer, ToolDefinition tool, int index, EncodingContext context)
    {
        if (tool is { NativeDialect: DialectIds.GoogleGemini, Native: { } native })
        {
            writer.WriteOnOneLine(native);
            return;
        }

        if (tool.Strict == true)
        {
            // The API holds calls to their schemas only where one is forced.
            context.Losses.Drop($"tools[{index}].strict");
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, context.ToolNames.For(tool.Name));
        writer.WriteOptional("description", CustomToolFunction.Describe(tool, index, context.Losses));
        if (tool.Kind == ToolKind.Custom)
        {
            writer.WritePropertyName("parametersJsonSchema"u8);
            writer.WriteRawValue(CustomToolFunction.Schema, skipInputValidation: true);
        }
        else if (tool.Parameters is { ValueKind: JsonValueKind.Object } schema && schema.GetPropertyCount() > 0)
        {
            writer.WritePropertyName("parametersJsonSchema"u8);
            GoogleGeminiStructuredOutput.Subset.Write(writer, schema);
        }

        writer.WriteEndObject();
    }

    private static void WriteConfig(
        Utf8JsonWriter writer, ChatRequest request, ToolChoice? choice, bool hasTools, EncodingContext context)
    {
        const string Prefix = GoogleGeminiExtensions.ToolPrefix;
        const string CallingPrefix = GoogleGeminiExtensions.CallingPrefix;
        Extension[] others = GoogleGeminiExtensions.Under(request, Prefix);
        Extension[] calling = GoogleGeminiExtensions.Under(request, CallingPrefix);
        bool hasChoice = choice is not null && (hasTools || choice == ToolChoice.Any);
        if (!hasChoice && others.Length == 0 && calling.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("toolConfig"u8);
        if (hasChoice || calling.Length > 0)
        {
            writer.WriteStartObject("functionCallingConfig"u8);
            if (hasChoice && !calling.Any(one => one.Name == CallingPrefix + "mode"))
            {
                WriteMode(writer, choice!, context.ToolNames);
            }

            GoogleGeminiExtensions.Write(writer, calling, CallingPrefix);
            writer.WriteEndObject();
        }

        GoogleGeminiExtensions.Write(writer, others, Prefix);
        writer.WriteEndObject();
    }

    private static void WriteMode(Utf8JsonWriter writer, ToolChoice choice, ToolNames names)
    {
        writer.WriteString("mode"u8, choice switch
        {
            { Mode: ToolChoiceMode.None } => "NONE",
            { Mode: ToolChoiceMode.Required or ToolChoiceMode.Named } or { Required: true } => "ANY",
            _ => "AUTO",
        });
        if (choice is { Mode: ToolChoiceMode.Named, Names.Count: > 0 })
        {
            writer.WriteStartArray("allowedFunctionNames"u8);
            writer.WriteStringValue(names.For(choice.Names[0]));
            writer.WriteEndArray();
        }
    }
}
