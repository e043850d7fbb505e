namespace Lightport.Conversation;

/// <summary>What a tool answered.</summary>
/// <param name="CallId">The id of the call that this answers.</param>
/// <param name="Parts">Text, images or files, in order; may be empty.</param>
public sealed record ToolResultPart(string CallId, IReadOnlyList<ContentPart> Parts) : ContentPart
{
    public bool IsError { get; init; }

    /// <summary>Tools that a tool search found, now to be offered (Anthropic's <c>tool_reference</c>).</summary>
    public IReadOnlyList<string> ToolReferences { get; init; } = [];
}
