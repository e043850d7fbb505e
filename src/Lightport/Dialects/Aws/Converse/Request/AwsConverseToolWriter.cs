using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Writes <c>toolConfig</c>: the tools that are offered, and whether one must be called
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html).
/// </summary>
internal static class AwsConverseToolWriter
{
    public static void Write(
        Utf8JsonWriter writer,
        ChatRequest request,
        AwsConverseAnswerSchema schema,
        AwsConverseFamily family,
        EncodingContext context)
    {
        List<(int Index, ToolDefinition Tool)> tools = Offered(request, context.Losses);
        ToolChoice? choice = Choice(request, tools, family, context);
        IReadOnlyList<string> called = Called(request);
        if (choice is { Mode: ToolChoiceMode.None } && called.Count > 0)
        {
            // The wire has no word for it, and demands the tools where the history has calls.
            context.Losses.Note("tool_choice");
        }
        else if (choice is { Mode: ToolChoiceMode.None })
        {
            tools.Clear();
        }

        if (tools.Count == 0 && called.Count == 0 && schema.ToolSchema is null)
        {
            return;
        }

        AwsConversePlainSchema? plain = family.PlainTools ? new AwsConversePlainSchema() : null;
        writer.WriteStartObject("toolConfig"u8);
        writer.WriteStartArray("tools"u8);
        if (schema.ToolSchema is { } answer)
        {
            // First, so that tools which are found later on come behind all that was there.
            string told = request.Options.ResponseFormat?.Description ?? AnswerByTool.Description;
            foreach (string keyword in WriteSpecification(
                writer, AwsConverseWire.StructuredOutputTool, told, answer, family, plain: plain))
            {
                context.Losses.Note($"response_format.json_schema.schema.{keyword}");
            }
        }

        foreach ((int index, ToolDefinition tool) in tools)
        {
            WriteTool(writer, tool, index, family, plain, context);
        }

        foreach (string name in tools.Count == 0 && schema.ToolSchema is null ? called : [])
        {
            // A history with calls wants tools declared, though none is offered any more.
            const string Told = "Called earlier; not to be called again.";
            WriteSpecification(writer, context.ToolNames.For(name), Told, null, family);
        }

        writer.WriteEndArray();
        WriteChoice(writer, schema.ForcedChoice ?? choice, schema.ForcedChoice is null ? context.ToolNames : null);
        writer.WriteEndObject();
    }

    private static List<(int Index, ToolDefinition Tool)> Offered(ChatRequest request, LossLedger losses)
    {
        List<(int Index, ToolDefinition Tool)> offered = OfferedTools.Of(request, DialectIds.AwsConverse, losses);
        foreach ((int index, ToolDefinition tool) in offered)
        {
            if (tool.Kind == ToolKind.Server)
            {
                losses.Reject($"tools[{index}].{tool.Name}");
            }
        }

        offered.RemoveAll(one => one.Tool.Kind == ToolKind.Server);
        return offered;
    }

    private static ToolChoice? Choice(
        ChatRequest request,
        List<(int Index, ToolDefinition Tool)> offered,
        AwsConverseFamily family,
        EncodingContext context)
    {
        if (request.ToolChoice is not null && OfferedToolChoice.IsLost(request, [.. offered.Select(one => one.Tool)]))
        {
            context.Losses.Note("tool_choice");
            return null;
        }

        if (OfferedToolChoice.IsForced(request) && !(context.Traits.ForcedTools && family.ForcesTools))
        {
            context.Losses.Reject("tool_choice");
            return null;
        }

        return request.ToolChoice;
    }

    /// <summary>The tools that the history calls, each once and in order.</summary>
    private static IReadOnlyList<string> Called(ChatRequest request) =>
        request.Messages.HavePart(static part => part is ToolCallPart)
            ? [.. request.Messages.SelectMany(message => message.Parts).OfType<ToolCallPart>()
                .Select(call => call.Name).Distinct()]
            : [];

    private static void WriteTool(
        Utf8JsonWriter writer,
        ToolDefinition tool,
        int index,
        AwsConverseFamily family,
        AwsConversePlainSchema? plain,
        EncodingContext context)
    {
        foreach (Extension extension in tool.Extensions)
        {
            context.Losses.Drop($"tools[{index}].{extension.Name}");
        }

        bool strict = tool is { Strict: true, Kind: ToolKind.Function, Parameters: { } parameters }
            && context.Traits.StructuredOutput && family.Schemas && JsonSchemaFit.Of(parameters) is not null
            && !JsonSchemaRoot.HasAlternatives(parameters);
        if (tool.Strict == true && !strict)
        {
            context.Losses.Note($"tools[{index}].strict");
        }

        IReadOnlyList<string> lost = WriteSpecification(
            writer,
            context.ToolNames.For(tool.Name),
            CustomToolFunction.Describe(tool, index, context.Losses),
            tool.Kind == ToolKind.Custom ? JsonElement.Parse(CustomToolFunction.Schema) : tool.Parameters,
            family,
            strict,
            plain);
        foreach (string keyword in tool.Kind == ToolKind.Custom ? [] : lost)
        {
            context.Losses.Note($"tools[{index}].parameters.{keyword}");
        }

        if (tool.Cache is null)
        {
            return;
        }

        if (family.Caches)
        {
            AwsConverseBlockWriter.WriteCachePoint(writer, tool.Cache);
        }
        else
        {
            context.Losses.Note("cache_control");
        }
    }

    /// <returns>The keywords of the schema that the model cannot be told.</returns>
    private static IReadOnlyList<string> WriteSpecification(
        Utf8JsonWriter writer,
        string name,
        string? description,
        JsonElement? schema,
        AwsConverseFamily family,
        bool strict = false,
        AwsConversePlainSchema? plain = null)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("toolSpec"u8);
        writer.WriteString("name"u8, name);
        writer.WriteOptional("description", string.IsNullOrEmpty(description) ? null : description);
        writer.WriteStartObject("inputSchema"u8);
        writer.WritePropertyName("json"u8);
        IReadOnlyList<string> lost = WriteSchema(writer, schema, family, strict, plain);
        writer.WriteEndObject();
        if (strict)
        {
            writer.WriteBoolean("strict"u8, true);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
        return lost;
    }

    private static IReadOnlyList<string> WriteSchema(
        Utf8JsonWriter writer,
        JsonElement? given,
        AwsConverseFamily family,
        bool strict,
        AwsConversePlainSchema? plain)
    {
        if (given is not { ValueKind: JsonValueKind.Object } schema)
        {
            writer.WriteRawValue("""{"type":"object","properties":{}}"""u8, skipInputValidation: true);
            return [];
        }

        if (plain is not null)
        {
            return plain.Write(writer, schema);
        }

        if (strict)
        {
            JsonSchemaSubset.OfGrammars.Write(writer, schema);
            return [];
        }

        return JsonSchemaOfTool.Write(writer, schema, family.MergesRoot);
    }

    /// <param name="names">The tools' names as the target takes them; null where the tool is the gateway's own.</param>
    private static void WriteChoice(Utf8JsonWriter writer, ToolChoice? choice, ToolNames? names)
    {
        if (choice is null or { Mode: ToolChoiceMode.None })
        {
            return;
        }

        bool named = choice is { Mode: ToolChoiceMode.Named, Names.Count: > 0 };
        bool any = choice.Mode == ToolChoiceMode.Required || choice is { Mode: ToolChoiceMode.Allowed, Required: true };
        if (!named && !any)
        {
            // Left to the model, which is what it is without a word, and what models without a choice bear.
            return;
        }

        writer.WriteStartObject("toolChoice"u8);
        writer.WriteStartObject(named ? "tool"u8 : "any"u8);
        if (named)
        {
            writer.WriteString("name"u8, names?.For(choice.Names[0]) ?? choice.Names[0]);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
