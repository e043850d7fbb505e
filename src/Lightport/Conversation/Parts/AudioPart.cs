namespace Lightport.Conversation;

public sealed record AudioPart(MediaSource Source) : ContentPart
{
    /// <summary>The provider's handle on audio that it made earlier (chat's <c>audio.id</c>).</summary>
    public string? Id { get; init; }

    public string? Transcript { get; init; }
}
