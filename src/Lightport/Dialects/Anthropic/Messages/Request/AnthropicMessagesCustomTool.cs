using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The function that stands in for a custom tool, which is called with free text: the text is its one property.
/// </summary>
internal static class AnthropicMessagesCustomTool
{
    public static ReadOnlySpan<byte> Schema =>
        """
        {"type":"object","properties":{"input":{"type":"string"}},"required":["input"],"additionalProperties":false}
        """u8;

    /// <summary>A tool's description; a grammar for its input, which nobody enforces here, is told in it.</summary>
    public static string? Describe(ToolDefinition tool, int index, LossLedger losses)
    {
        if (tool is not { Kind: ToolKind.Custom, Native: { } native } || Grammar(native) is not { } grammar)
        {
            return tool.Description;
        }

        losses.Note($"tools[{index}].custom.format");
        string told = $"The input must match this {Text(grammar, "syntax")} grammar:\n{Text(grammar, "definition")}";
        return string.IsNullOrEmpty(tool.Description) ? told : $"{tool.Description}\n\n{told}";
    }

    private static JsonElement? Grammar(JsonElement native) =>
        Member(native, "custom") is { } custom && Member(custom, "format") is { } format
            ? Member(format, "grammar") ?? (Text(format, "type") == "grammar" ? format : null)
            : null;

    private static JsonElement? Member(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : "";
}
