namespace Lightport.Conversation;

/// <summary>Asks the client whether a tool of an MCP server may be called.</summary>
/// <param name="ApprovalId">Names the question; it is sealed, so that only the gateway can have made it.</param>
/// <param name="Server">The server's label.</param>
/// <param name="Name">The tool's name at its server.</param>
/// <param name="Arguments">What it would be called with: a JSON object as text.</param>
public sealed record McpApprovalRequestPart(string ApprovalId, string Server, string Name, string Arguments)
    : ContentPart;
