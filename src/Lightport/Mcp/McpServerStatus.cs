using Lightport.Mcp.Lists;

namespace Lightport.Mcp;

/// <summary>What is known of a configured server, without asking it.</summary>
/// <param name="Revision">Of the protocol, which it was found to speak; null where it was not asked yet.</param>
/// <param name="List">What it listed last for all users; null for nothing.</param>
/// <param name="HeldBack">Its tools that have changed since they were approved, whichever user's list had them.</param>
/// <param name="Problem">Why it could not list its tools the last time; null where it could.</param>
internal sealed record McpServerStatus(
    McpServer Server,
    string? Revision,
    bool IsConnected,
    ToolList? List,
    IReadOnlyList<HeldTool> HeldBack,
    string? Problem);
