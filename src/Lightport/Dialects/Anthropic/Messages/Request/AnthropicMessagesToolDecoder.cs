using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads tools and the choice among them.</summary>
internal static class AnthropicMessagesToolDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "type", "name", "description", "input_schema", "strict", "cache_control", "defer_loading");

    /// <summary>All but those of MCP servers, which stand in <see cref="AnthropicMessagesToolsets"/>.</summary>
    public static IReadOnlyList<ToolDefinition> Decode(RequestFields fields) =>
    [
        .. fields.Items(fields.Root, "tools")
            .Where(tool => !IsToolset(fields, tool)).Select(tool => Decode(fields, tool)),
    ];

    /// <summary>Whether it may be that there is nothing to call, its route alone can say.</summary>
    public static ToolChoice DecodeChoice(RequestFields fields, JsonElement choice, bool hasTools)
    {
        ToolChoice read = DecodeChoice(fields, choice);
        return read.Mode is not (ToolChoiceMode.Auto or ToolChoiceMode.None) && !hasTools
            ? read with
            {
                Unmet = GatewayError.BadRequest(
                    "tool_choice may only be specified while providing tools.", "tool_choice"),
            }
            : read;
    }

    private static bool IsToolset(RequestFields fields, JsonElement tool) =>
        fields.Find(tool, "type") is { } type && type.Is(AnthropicMessagesToolsets.Type);

    private static ToolChoice DecodeChoice(RequestFields fields, JsonElement choice) =>
        fields.RequiredText(choice, "type") switch
        {
            "auto" => ToolChoice.Auto,
            "any" => ToolChoice.Any,
            "none" => ToolChoice.None,
            "tool" => ToolChoice.Named(fields.RequiredText(choice, "name")),
            _ => throw fields.Wrong(fields.Required(choice, "type"), "must be auto, any, tool or none"),
        };

    /// <summary>Reads one tool, wherever it is defined.</summary>
    public static ToolDefinition Decode(RequestFields fields, JsonElement tool)
    {
        fields.Tally.AddTool();
        string type = fields.Text(tool, "type") ?? "custom";
        if (type != "custom")
        {
            return new ToolDefinition(fields.Text(tool, "name") ?? type)
            {
                Kind = ToolKind.Server,
                IsToolSearch = type.StartsWith("tool_search_tool_", StringComparison.Ordinal),
                Native = tool,
                NativeDialect = DialectIds.AnthropicMessages,
            };
        }

        // Examples, streaming hints and the like: the same dialect gets the definition whole.
        IReadOnlyList<Extension> others = fields.Others(tool, Known);
        bool whole = others.Count > 0;
        return new ToolDefinition(fields.RequiredText(tool, "name"))
        {
            Description = fields.Text(tool, "description"),
            Parameters = fields.Object(tool, "input_schema"),
            Strict = fields.Boolean(tool, "strict"),
            Cache = CacheMark.Of(fields, tool),
            DeferLoading = fields.Boolean(tool, "defer_loading") ?? false,
            Extensions = others,
            Native = whole ? tool : null,
            NativeDialect = whole ? DialectIds.AnthropicMessages : null,
        };
    }
}
