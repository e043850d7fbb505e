namespace Lightport.Conversation;

/// <summary>What an MCP server's tool answered to a call that the gateway ran.</summary>
/// <param name="CallId">The id of the <see cref="McpCallPart"/> that this answers.</param>
/// <param name="Parts">Text, images or files, in order; may be empty.</param>
public sealed record McpResultPart(string CallId, IReadOnlyList<ContentPart> Parts) : ContentPart
{
    public bool IsError { get; init; }
}
