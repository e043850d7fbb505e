namespace Lightport.Conversation;

/// <summary>
/// One turn. Dialects that fold tool results into user turns are split and joined by their own coders.
/// </summary>
public sealed record Message(Role Role, IReadOnlyList<ContentPart> Parts)
{
    /// <summary>The speaker's name, where the dialect has one (chat's <c>name</c>).</summary>
    public string? Name { get; init; }

    /// <summary>Fields of this turn that only the client's dialect knows.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
