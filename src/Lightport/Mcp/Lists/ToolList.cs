namespace Lightport.Mcp.Lists;

/// <summary>The tools of a server as it listed them, in the order of their names.</summary>
/// <param name="Lifetime">How long it serves, by the server's own word; null where it does not say.</param>
/// <param name="IsPublic">The server says that every user is told the same.</param>
internal sealed record ToolList(IReadOnlyList<McpTool> Tools, TimeSpan? Lifetime, bool IsPublic)
    : IServerList
{
    /// <summary>Tools that are not used, as they have changed since they were approved.</summary>
    public IReadOnlyList<HeldTool> HeldBack { get; init; } = [];

    /// <summary>Names of tools that cannot be used here, each with why.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
