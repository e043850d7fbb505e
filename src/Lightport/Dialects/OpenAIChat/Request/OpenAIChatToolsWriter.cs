using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>Writes the tools offered, and whether they may or must be called.</summary>
internal static class OpenAIChatToolsWriter
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        List<ToolDefinition> offered = Offered(request, context.Losses);
        bool isChoiceLost = OfferedToolChoice.IsLost(request, offered);
        if (isChoiceLost)
        {
            context.Losses.Note("tool_choice");
        }

        if (offered.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("tools"u8);
        foreach (ToolDefinition tool in offered)
        {
            WriteTool(writer, tool);
        }

        writer.WriteEndArray();
        if (request.ToolChoice is { } choice && !isChoiceLost)
        {
            WriteChoice(writer, choice, offered);
        }

        if (request.Options.ParallelToolCalls is { } parallel)
        {
            writer.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    /// <summary>
    /// The tools that may be shown: a deferred one only once a search has named it, and of a choice among some only
    /// those,
    /// since few providers on this wire know <c>allowed_tools</c>.
    /// </summary>
    private static List<ToolDefinition> Offered(ChatRequest request, LossLedger losses)
    {
        HashSet<string> found =
        [
            .. request.Messages.SelectMany(message => message.Parts).OfType<ToolResultPart>()
                .SelectMany(result => result.ToolReferences),
        ];
        IReadOnlyList<string>? allowed =
            request.ToolChoice is { Mode: ToolChoiceMode.Allowed } choice ? choice.Names : null;
        var offered = new List<ToolDefinition>(request.Tools.Count);
        for (int i = 0; i < request.Tools.Count; i++)
        {
            ToolDefinition tool = request.Tools[i];
            if ((tool.DeferLoading && !found.Contains(tool.Name)) || allowed?.Contains(tool.Name) == false)
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

            offered.Add(tool);
        }

        return offered;
    }

    private static string TypeOf(ToolDefinition tool) => tool.Native?.TextOf("type") ?? tool.Name;

    private static void WriteTool(Utf8JsonWriter writer, ToolDefinition tool)
    {
        if (tool is { Native: { } native, NativeDialect: DialectIds.OpenAIChat })
        {
            LenientText.Write(writer, native);
            return;
        }

        bool custom = tool.Kind == ToolKind.Custom;
        writer.WriteStartObject();
        writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
        writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
        writer.WriteString("name"u8, tool.Name);
        if (tool.Description is not null)
        {
            writer.WriteString("description"u8, tool.Description);
        }

        if (tool.Parameters is { } parameters && !custom)
        {
            writer.WritePropertyName("parameters"u8);
            LenientText.Write(writer, parameters);
        }

        if (tool.Strict is { } strict && !custom)
        {
            writer.WriteBoolean("strict"u8, strict);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter writer, ToolChoice choice, List<ToolDefinition> offered)
    {
        if (choice.Mode == ToolChoiceMode.Named)
        {
            bool custom = offered.Exists(tool => tool.Name == choice.Names[0] && tool.Kind == ToolKind.Custom);
            writer.WriteStartObject("tool_choice"u8);
            writer.WriteString("type"u8, custom ? "custom"u8 : "function"u8);
            writer.WriteStartObject(custom ? "custom"u8 : "function"u8);
            writer.WriteString("name"u8, choice.Names[0]);
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
