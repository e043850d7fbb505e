namespace Lightport.Conversation;

public sealed record AudioPart(MediaSource Source) : ContentPart
{
    /// <summary>The provider's handle on audio that it made earlier (chat's <c>audio.id</c>).</summary>
    public string? Id { get; init; }

    public string? Transcript { get; init; }

    /// <summary>When <see cref="Id"/> ends, in seconds since 1970-01-01T00:00:00Z.</summary>
    public long? ExpiresAt { get; init; }
}
