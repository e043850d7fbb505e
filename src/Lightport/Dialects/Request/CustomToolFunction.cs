using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// The function that stands in for a custom tool, which is called with free text: the text is its one property.
/// </summary>
internal static class CustomToolFunction
{
    public static ReadOnlySpan<byte> Schema =>
        """
        {"type":"object","properties":{"input":{"type":"string"}},"required":["input"],"additionalProperties":false}
        """u8;

    /// <summary>A tool's description; a grammar for its input, which nobody enforces here, is told in it.</summary>
    public static string? Describe(ToolDefinition tool, int index, LossLedger losses)
    {
        if (tool.Grammar is not { } grammar)
        {
            return tool.Description;
        }

        losses.Note($"tools[{index}].{grammar.Field}");
        string told = $"The input must match this {grammar.Syntax} grammar:\n{grammar.Definition}";
        return string.IsNullOrEmpty(tool.Description) ? told : $"{tool.Description}\n\n{told}";
    }
}
