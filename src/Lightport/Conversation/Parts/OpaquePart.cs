using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// A part that only its own dialect can say in full, kept whole. What others can show of one is a part derived from it.
/// </summary>
/// <param name="Dialect">The dialect that can say it.</param>
/// <param name="Kind">Its name there (<c>web_search_tool_result</c>), used when reporting that it was dropped.</param>
/// <param name="Json">The part itself.</param>
public record OpaquePart(string Dialect, string Kind, JsonElement Json) : ContentPart
{
    /// <summary>Said to the provider beside the conversation: to a model it means nothing.</summary>
    public bool IsAside { get; init; }

    /// <summary>What other dialects say in its place; empty where they can only leave it out.</summary>
    public IReadOnlyList<ContentPart> Shown { get; init; } = [];

    /// <summary>It sums up all that was said before it, which a model is not shown any more.</summary>
    public bool StandsForAllBefore { get; init; }

    /// <summary>The tools that it begins to offer, and ceases to.</summary>
    public IReadOnlyList<ToolChange> ToolChanges { get; init; } = [];
}
