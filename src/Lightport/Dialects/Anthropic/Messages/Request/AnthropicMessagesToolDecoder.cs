using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads tools and the choice among them.</summary>
internal static class AnthropicMessagesToolDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "type", "name", "description", "input_schema", "strict", "cache_control", "defer_loading");

    public static List<ToolDefinition> Decode(JsonElement root, RequestTally tally)
    {
        var tools = new List<ToolDefinition>();
        if (AnthropicMessagesFields.OptionalArray(root, "tools", "") is { } given)
        {
            foreach (JsonElement tool in given.EnumerateArray())
            {
                tally.AddTool();
                tools.Add(Decode(tool, $"tools[{tools.Count}]", tally));
            }
        }

        return tools;
    }

    /// <exception cref="GatewayException">It asks for a call, and there is nothing to call.</exception>
    public static ToolChoice DecodeChoice(JsonElement choice, List<ToolDefinition> tools)
    {
        ToolChoice read = DecodeChoice(choice);
        return read.Mode is not (ToolChoiceMode.Auto or ToolChoiceMode.None) && tools.Count == 0
            ? throw GatewayException.BadRequest(
                "tool_choice may only be specified while providing tools.", "tool_choice")
            : read;
    }

    private static ToolChoice DecodeChoice(JsonElement choice) =>
        AnthropicMessagesFields.RequireString(choice, "type", "tool_choice") switch
        {
            "auto" => ToolChoice.Auto,
            "any" => ToolChoice.Any,
            "none" => ToolChoice.None,
            "tool" => ToolChoice.Named(AnthropicMessagesFields.RequireString(choice, "name", "tool_choice")),
            _ => throw AnthropicMessagesFields.Wrong("tool_choice.type", "auto, any, tool or none"),
        };

    private static ToolDefinition Decode(JsonElement tool, string path, RequestTally tally)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            throw AnthropicMessagesFields.Wrong(path, "an object");
        }

        string type = AnthropicMessagesFields.OptionalString(tool, "type", path) ?? "custom";
        if (type != "custom")
        {
            return new ToolDefinition(AnthropicMessagesFields.OptionalString(tool, "name", path) ?? type)
            {
                Kind = ToolKind.Server,
                Native = tool,
                NativeDialect = DialectIds.AnthropicMessages,
            };
        }

        // Examples, streaming hints and the like: the same dialect gets the definition whole.
        Extension[] others = [.. AnthropicMessagesFields.Others(tool, Known, tally)];
        bool whole = others.Length > 0;
        return new ToolDefinition(AnthropicMessagesFields.RequireString(tool, "name", path))
        {
            Description = AnthropicMessagesFields.OptionalString(tool, "description", path),
            Parameters = AnthropicMessagesFields.OptionalObject(tool, "input_schema", path),
            Strict = AnthropicMessagesFields.OptionalBoolean(tool, "strict", path),
            Cache = AnthropicMessagesFields.OptionalCache(tool, path),
            DeferLoading = AnthropicMessagesFields.OptionalBoolean(tool, "defer_loading", path) ?? false,
            Extensions = others,
            Native = whole ? tool : null,
            NativeDialect = whole ? DialectIds.AnthropicMessages : null,
        };
    }
}
