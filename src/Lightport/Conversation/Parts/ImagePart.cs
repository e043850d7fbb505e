namespace Lightport.Conversation;

public sealed record ImagePart(MediaSource Source) : ContentPart
{
    /// <summary>How closely to look: <c>low</c>, <c>high</c>, <c>auto</c>, <c>original</c>.</summary>
    public string? Detail { get; init; }
}
