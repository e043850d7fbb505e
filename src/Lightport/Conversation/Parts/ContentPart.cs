namespace Lightport.Conversation;

/// <summary>A piece of a turn. Each kind stands in its own file beside this one.</summary>
public abstract record ContentPart
{
    /// <summary>Set where the client marked this part as the end of a cacheable prefix.</summary>
    public CacheControl? Cache { get; init; }

    /// <summary>Fields of this part that only the client's dialect knows.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
