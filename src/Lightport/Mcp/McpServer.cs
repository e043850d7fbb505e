using Lightport.Conversation;

namespace Lightport.Mcp;

/// <summary>An MCP server that the gateway may call, by its label.</summary>
/// <param name="Label">Its name in the configuration, and in what clients are told.</param>
internal sealed record McpServer(string Label)
{
    /// <summary>Where it is reached by streamable HTTP; null where it is a program of this machine.</summary>
    public Uri? Address { get; init; }

    /// <summary>Its tools that may be used, by names with <c>*</c>; null for all.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Which calls must be approved first, whatever a client says.</summary>
    public McpApproval Approval { get; init; } = McpApproval.Never;

    /// <summary>The longest that one call may take.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
