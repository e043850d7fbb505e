namespace Lightport.Conversation;

/// <summary>A picture to look at.</summary>
public sealed record ImagePart(MediaSource Source) : ContentPart
{
    /// <summary>How closely to look: <c>low</c>, <c>high</c>, <c>auto</c>, <c>original</c>.</summary>
    public string? Detail { get; init; }
}
