namespace Lightport.Conversation;

/// <summary>Asks the client whether a tool of an MCP server may be called.</summary>
/// <param name="ApprovalId">
/// Names the question; the client is told it sealed, so that only the gateway can have made it.
/// </param>
/// <param name="Server">The server's label.</param>
/// <param name="Name">The tool's name at its server.</param>
/// <param name="Arguments">What it would be called with: a JSON object as text.</param>
public sealed record McpApprovalRequestPart(string ApprovalId, string Server, string Name, string Arguments)
    : ContentPart
{
    /// <summary>The call as its provider made it, which goes back to that provider unchanged.</summary>
    public ToolCallPart? Made { get; init; }

    /// <summary>Which round of the answer it belongs to, from 0; calls of one round were made at once.</summary>
    public int Round { get; init; }

    /// <summary>When the client was asked, to the second; null where that is only about to be.</summary>
    public DateTimeOffset? AskedAt { get; init; }
}
