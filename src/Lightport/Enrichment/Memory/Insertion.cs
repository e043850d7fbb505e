using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>Turns that the gateway has put into a conversation, and its client never saw.</summary>
/// <param name="Before">
/// They stand before the client's run of this number (<see cref="TurnRuns"/>), from 0, counted without insertions.
/// </param>
/// <param name="Messages">The turns, exactly as the provider was and will be told them.</param>
internal sealed record Insertion(int Before, IReadOnlyList<Message> Messages)
{
    /// <summary>
    /// How many of the client's runs, from <see cref="Before"/> on, they stand in the place of: one where they are an
    /// answer of several rounds, which its client was told as one turn.
    /// </summary>
    public int Replaces { get; init; }
}
