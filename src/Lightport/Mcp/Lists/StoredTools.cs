using Lightport.Mcp.Connections;

namespace Lightport.Mcp.Lists;

/// <summary>What is kept of a server: what it listed last, and what of it is approved.</summary>
/// <param name="Server">A hash of how it was reached: what another server of this label listed is not its own.</param>
/// <param name="ListedAt">When it was asked.</param>
/// <param name="Seconds">How long its list serves from then on.</param>
internal sealed record StoredTools(string Server, DateTimeOffset ListedAt, double Seconds)
{
    /// <summary>The revision of the protocol that it spoke.</summary>
    public string? Revision { get; init; }

    public bool IsPublic { get; init; }

    /// <summary>Empty where they say too much to be kept.</summary>
    public IReadOnlyList<McpTool> Tools { get; init; } = [];

    /// <summary>What approved tools said that are not among <see cref="Tools"/> as such (<see cref="ToolsBefore"/>).
    /// </summary>
    public IReadOnlyList<McpTool> Before { get; init; } = [];

    /// <summary>Names of tools that cannot be used, each with why.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The word under which tools were approved.</summary>
    public string? Pin { get; init; }

    /// <summary>What the approved tools were (<see cref="ToolMark"/>), by their names.</summary>
    public IReadOnlyDictionary<string, string> Approved { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// The list as it may be used now; null where it is that of another server or pin, or none is kept.
    /// </summary>
    public ToolList? ListFor(McpServer server) =>
        Tools.Count > 0 && Server == ServerKey.ServerHash(server) && Pin == server.Pin
            ? ToolPins.Of(server, Tools, this).Without(new ToolList(Tools, null, IsPublic) { LeftOut = LeftOut })
            : null;
}
