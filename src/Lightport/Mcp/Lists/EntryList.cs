namespace Lightport.Mcp.Lists;

/// <summary>What a server lists of one kind, in the server's order.</summary>
/// <param name="Lifetime">How long it serves, by the server's own word; null where it does not say.</param>
internal sealed record EntryList<T>(IReadOnlyList<T> Entries, TimeSpan? Lifetime) : IServerList
{
    /// <summary>Those that are not told on, each with why.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
