namespace Lightport.Conversation;

/// <summary>What a client changes of its tools in the middle of a conversation.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="IsRemoval">It is no longer offered from here on; else it is.</param>
public sealed record ToolChange(string Name, bool IsRemoval)
{
    /// <summary>The tool itself, where it is defined here; null where it stands among the request's tools.</summary>
    public ToolDefinition? Definition { get; init; }
}
