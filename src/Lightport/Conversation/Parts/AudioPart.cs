namespace Lightport.Conversation;

/// <summary>Sound, heard or spoken.</summary>
public sealed record AudioPart(MediaSource Source) : ContentPart
{
    public string? Transcript { get; init; }

    /// <summary>When <see cref="ContentPart.Id"/> ends, in seconds since 1970-01-01T00:00:00Z.</summary>
    public long? ExpiresAt { get; init; }
}
