namespace Lightport.Conversation;

/// <summary>
/// One turn. Dialects that fold tool results into user turns are split and joined by their own coders.
/// </summary>
public sealed record Message(Role Role, IReadOnlyList<ContentPart> Parts)
{
    /// <summary>The speaker's name, where the dialect has one (chat's <c>name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>
    /// No more tools are run after these results, and the model is to answer with what it has: who has no other word
    /// for it says so behind them, each time that the turn is said.
    /// </summary>
    public bool EndsCalls { get; init; }

    /// <summary>Fields of this turn that only the client's dialect knows.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
