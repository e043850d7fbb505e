namespace Lightport.Conversation;

/// <summary>A piece of a turn. Each kind stands in its own file beside this one.</summary>
public abstract record ContentPart
{
    /// <summary>The provider's own handle on this part, where it gave one (chat's <c>audio.id</c>).</summary>
    public string? Id { get; init; }

    /// <summary>
    /// What the provider wants back with this part to go on from here: a signature, or the thinking encrypted.
    /// </summary>
    public OpaqueState? State { get; init; }

    /// <summary>Set where the client marked this part as the end of a cacheable prefix.</summary>
    public CacheControl? Cache { get; init; }

    /// <summary>Fields of this part that only the client's dialect knows.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
