using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>All that the gateway has put into a conversation so far, to be put in again identically.</summary>
internal sealed record Session
{
    public static Session Empty { get; } = new();

    /// <summary>Turns between the client's.</summary>
    public IReadOnlyList<Insertion> Insertions { get; init; } = [];

    /// <summary>Tools that were chosen, in the order in which the provider was told them; only added to.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>How many of the client's runs had been told when it was kept (<see cref="TurnRuns"/>).</summary>
    public int Told { get; init; }
}
