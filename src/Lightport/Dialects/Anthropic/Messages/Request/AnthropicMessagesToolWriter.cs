using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writes tools, as far as the API takes each.</summary>
internal static class AnthropicMessagesToolWriter
{
    public static void Write(
        Utf8JsonWriter writer,
        ChatRequest request,
        AnthropicMessagesStructuredOutput structured,
        AnthropicMessagesStrictBudget strict,
        EncodingContext context)
    {
        if (request is { Tools.Count: 0, McpToolsets.Count: 0 } && structured.ToolSchema is null)
        {
            return;
        }

        (int Index, ToolDefinition Tool)[] tools = [.. Offered(request, context.Losses)];
        OfferedToolsets.RejectOthers(request, DialectIds.AnthropicMessages, context.Losses);
        List<McpToolset> toolsets = OfferedToolsets.Of(request, DialectIds.AnthropicMessages);
        ToolChoice? choice = request.ToolChoice;
        if (OfferedToolChoice.IsLost(request, [.. tools.Select(offered => offered.Tool)], toolsets))
        {
            context.Losses.Note("tool_choice");
            choice = null;
        }
        else if (OfferedToolChoice.IsForced(request) && !context.Traits.ForcedTools)
        {
            context.Losses.Reject("tool_choice");
            choice = ToolChoice.Auto;
        }

        WriteServers(writer, toolsets);
        bool hasToolsets = toolsets.Exists(toolset => toolset.Native is not null);
        if (tools.Length == 0 && structured.ToolSchema is null && !hasToolsets)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach ((int index, ToolDefinition tool) in tools)
        {
            bool own = AnthropicMessagesRequestEncoder.IsOwn(request);
            WriteTool(writer, tool, index, own, IsStrict(tool, index, own, strict, context), context);
        }

        foreach (McpToolset toolset in toolsets)
        {
            if (toolset.Native is { } native)
            {
                writer.WriteOnOneLine(native);
            }
        }

        if (structured.ToolSchema is { } schema)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, AnthropicMessagesWire.StructuredOutputTool);
            string? told = request.Options.ResponseFormat?.Description;
            writer.WriteString("description"u8, told ?? AnswerByTool.Description);
            writer.WritePropertyName("input_schema"u8);
            JsonSchemaOfTool.Write(writer, schema, merges: true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        bool? parallel = request.Options.ParallelToolCalls;
        if (structured.ForcedChoice is { } reserved)
        {
            AnthropicMessagesToolChoice.Write(writer, reserved, parallel, ToolNames.Unchanged, []);
        }
        else
        {
            AnthropicMessagesToolChoice.Write(
                writer,
                choice,
                parallel,
                context.ToolNames,
                AnthropicMessagesRequestEncoder.OwnOf(request, AnthropicMessagesToolChoice.Prefix));
        }
    }

    /// <summary>Writes a schema as it is, or within what the API takes where it promises to keep to it.</summary>
    public static void WriteSchema(Utf8JsonWriter writer, JsonElement schema, bool rewrite)
    {
        if (rewrite)
        {
            JsonSchemaSubset.OfGrammars.Write(writer, schema);
        }
        else
        {
            writer.WriteOnOneLine(schema);
        }
    }

    private static void WriteServers(Utf8JsonWriter writer, List<McpToolset> toolsets)
    {
        if (!toolsets.Exists(toolset => toolset.NativeServer is not null))
        {
            return;
        }

        writer.WriteStartArray(AnthropicMessagesToolsets.Servers);
        foreach (McpToolset toolset in toolsets)
        {
            if (toolset.NativeServer is { } server)
            {
                writer.WriteOnOneLine(server);
            }
        }

        writer.WriteEndArray();
    }

    private static IEnumerable<(int Index, ToolDefinition Tool)> Offered(ChatRequest request, LossLedger losses)
    {
        HashSet<string>? allowed =
            request.ToolChoice is { Mode: ToolChoiceMode.Allowed } choice ? [.. choice.Names] : null;
        for (int index = 0; index < request.Tools.Count; index++)
        {
            ToolDefinition tool = request.Tools[index];
            if (allowed is not null && !allowed.Contains(tool.Name))
            {
                continue;
            }

            if (tool.Kind == ToolKind.Server && tool.NativeDialect != DialectIds.AnthropicMessages)
            {
                losses.Reject($"tools[{index}].{tool.Name}");
                continue;
            }

            yield return (index, tool);
        }
    }

    private static void WriteTool(
        Utf8JsonWriter writer, ToolDefinition tool, int index, bool own, bool strict, EncodingContext context)
    {
        if (tool is { NativeDialect: DialectIds.AnthropicMessages, Native: { } native })
        {
            writer.WriteOnOneLine(native);
            return;
        }

        foreach (Extension extension in tool.Extensions)
        {
            context.Losses.Drop($"tools[{index}].{extension.Name}");
        }

        writer.WriteStartObject();
        writer.WriteString("name"u8, context.ToolNames.For(tool.Name));
        if (CustomToolFunction.Describe(tool, index, context.Losses) is { } description)
        {
            writer.WriteString("description"u8, description);
        }

        writer.WritePropertyName("input_schema"u8);
        foreach (string keyword in WriteInputSchema(writer, tool, strict, own))
        {
            context.Losses.Note($"tools[{index}].parameters.{keyword}");
        }

        if (strict)
        {
            writer.WriteBoolean("strict"u8, true);
        }

        if (tool.DeferLoading)
        {
            writer.WriteBoolean("defer_loading"u8, true);
        }

        AnthropicMessagesBlockWriter.WriteCache(writer, tool.Cache);
        writer.WriteEndObject();
    }

    /// <summary>Whether the API is to hold calls of a tool to its schema: only where it can.</summary>
    private static bool IsStrict(
        ToolDefinition tool, int index, bool own, AnthropicMessagesStrictBudget budget, EncodingContext context)
    {
        if (tool is not { Strict: true, Kind: ToolKind.Function, NativeDialect: not DialectIds.AnthropicMessages })
        {
            return false;
        }

        if (!context.Traits.StructuredOutput)
        {
            context.Losses.Drop($"tools[{index}].strict");
            return false;
        }

        if (tool.Parameters is { } asked
            && (JsonSchemaRoot.HasAlternatives(asked) || (!own && !budget.TakesTool(asked))))
        {
            context.Losses.Note($"tools[{index}].strict");
            return false;
        }

        return true;
    }

    /// <returns>The keywords that the API refuses at a schema's root.</returns>
    private static IReadOnlyList<string> WriteInputSchema(
        Utf8JsonWriter writer, ToolDefinition tool, bool strict, bool own)
    {
        if (tool.Kind == ToolKind.Custom)
        {
            writer.WriteRawValue(CustomToolFunction.Schema, skipInputValidation: true);
            return [];
        }

        if (tool.Parameters is not { ValueKind: JsonValueKind.Object } schema)
        {
            writer.WriteRawValue("""{"type":"object","properties":{}}"""u8, skipInputValidation: true);
            return [];
        }

        if (strict && !own && LenientText.TryGetProperty(schema, "type", out _))
        {
            JsonSchemaSubset.OfGrammars.Write(writer, schema);
            return [];
        }

        return JsonSchemaOfTool.Write(writer, schema, merges: true);
    }
}
