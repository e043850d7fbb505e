namespace Lightport.Conversation;

/// <summary>
/// A call of an MCP server's tool that the gateway has run, or is running: nobody else has to answer it. Its result is
/// the <see cref="McpResultPart"/> of the same id.
/// </summary>
/// <param name="CallId">The gateway's own id of the call, as clients are told it.</param>
/// <param name="Server">The server's label.</param>
/// <param name="Name">The tool's name at its server.</param>
/// <param name="Arguments">A JSON object as text, never empty (<c>{}</c>).</param>
public sealed record McpCallPart(string CallId, string Server, string Name, string Arguments) : ContentPart
{
    /// <summary>The call as its provider made it, which goes back to that provider unchanged.</summary>
    public ToolCallPart? Made { get; init; }

    /// <summary>Which round of the answer it belongs to, from 0; calls of one round were made at once.</summary>
    public int Round { get; init; }

    /// <summary>The <see cref="McpApprovalRequestPart"/> that the client said yes to; null where nobody was asked.
    /// </summary>
    public string? ApprovalId { get; init; }
}
