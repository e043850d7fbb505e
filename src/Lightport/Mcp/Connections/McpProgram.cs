namespace Lightport.Mcp.Connections;

/// <summary>A program of this machine that speaks MCP by its standard input and output.</summary>
/// <param name="Command">What is started, as the system finds it.</param>
/// <param name="Arguments">Each as it is, without a shell.</param>
internal sealed record McpProgram(string Command, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables that it gets beside the few that every program needs.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Variables whose values are secrets, by the secrets' names.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>A record would print the variables.</summary>
    public override string ToString() => Command;
}
