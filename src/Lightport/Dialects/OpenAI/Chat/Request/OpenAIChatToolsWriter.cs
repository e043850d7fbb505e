using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes the tools offered, and whether they may or must be called.</summary>
internal static class OpenAIChatToolsWriter
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        List<(int Index, ToolDefinition Tool)> offered = Offered(request, context.Losses);
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
            WriteTool(writer, tool, index, context);
        }

        writer.WriteEndArray();
        if (request.ToolChoice is { } choice && !isChoiceLost)
        {
            WriteChoice(writer, Taken(choice, context), offered, context.ToolNames);
        }

        if (request.Options.ParallelToolCalls is { } parallel)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    /// <summary>
    /// The tools that may be shown: a deferred one only once a search has named it, after all that were shown before,
    /// and of a choice among some only those, since few providers on this wire know <c>allowed_tools</c>.
    /// </summary>
    private static List<(int Index, ToolDefinition Tool)> Offered(ChatRequest request, LossLedger losses)
    {
        Dictionary<string, int> found = Found(request);
        HashSet<string>? allowed =
            request.ToolChoice is { Mode: ToolChoiceMode.Allowed } choice ? [.. choice.Names] : null;
        var offered = new List<(int Index, ToolDefinition Tool)>(request.Tools.Count);
        IEnumerable<(int Index, ToolDefinition Tool)> shown = request.Tools.Index()
            .Where(tool => !tool.Item.DeferLoading || found.ContainsKey(tool.Item.Name));
        if (found.Count > 0)
        {
            shown = shown.OrderBy(one => one.Tool.DeferLoading ? found[one.Tool.Name] : -1);
        }

        foreach ((int i, ToolDefinition tool) in shown)
        {
            if (allowed?.Contains(tool.Name) == false)
            {
                continue;
            }

            if (tool.Cache is not null)
            {
                losses.Note("cache_control");
            }

            if (tool.Kind == ToolKind.Server && tool.NativeDialect != DialectIds.OpenAIChat)
            {
                losses.Reject($"tools[{i}].{TypeOf(tool)}");
                continue;
            }

            if (request.Dialect != DialectIds.OpenAIChat)
            {
                foreach (Extension extension in tool.Extensions)
                {
                    losses.Drop($"tools[{i}].{extension.Name}");
                }
            }

            offered.Add((i, tool));
        }

        return offered;
    }

    /// <summary>The tools that searches have named so far, and in which place each was named first.</summary>
    private static Dictionary<string, int> Found(ChatRequest request)
    {
        var found = new Dictionary<string, int>();
        foreach (string name in request.Messages.SelectMany(message => message.Parts).OfType<ToolResultPart>()
            .SelectMany(result => result.ToolReferences))
        {
            found.TryAdd(name, found.Count);
        }

        return found;
    }

    private static string TypeOf(ToolDefinition tool) => tool.Native?.TextOf("type") ?? tool.Name;

    private static void WriteTool(Utf8JsonWriter writer, ToolDefinition tool, int index, EncodingContext context)
    {
        if (tool is { Native: { } native, NativeDialect: DialectIds.OpenAIChat })
        {
            writer.WriteMended(native);
            return;
        }

        bool custom = tool.Kind == ToolKind.Custom;
        writer.WriteStartObject();
        writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
        writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
        writer.WriteString("name"u8, context.ToolNames.For(tool.Name));
        if (tool.Description is not null)
        {
            writer.WriteString("description"u8, tool.Description);
        }

        if (!custom)
        {
            WriteParameters(writer, tool, index, context.Losses);
        }
        else if (tool.Grammar is { } grammar)
        {
            OpenAIChatCustomFormat.Write(writer, grammar);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, ToolDefinition tool, int index, LossLedger losses)
    {
        if (tool.Parameters is { } parameters)
        {
            writer.WritePropertyName("parameters"u8);
            if (!OpenAIChatFunctionSchema.Write(writer, parameters))
            {
                losses.Note($"tools[{index}].input_schema");
            }
        }

        if (tool.Strict is { } strict)
        {
            // OpenAI refuses the whole request for one strict schema that it cannot hold a call to.
            bool loosened = strict && tool.Parameters is { } schema && !OpenAIChatStrictSchema.Takes(schema);
            if (loosened)
            {
                losses.Note($"tools[{index}].strict");
            }

            writer.WriteBoolean("strict"u8, strict && !loosened);
        }
    }

    /// <summary>A model that cannot be made to call a tool may still call one.</summary>
    private static ToolChoice Taken(ToolChoice choice, EncodingContext context)
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
        ToolNames names)
    {
        if (choice.Mode == ToolChoiceMode.Named)
        {
            bool custom = offered.Exists(
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
