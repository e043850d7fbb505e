namespace Lightport.Conversation;

/// <summary>Text, and what it was taken from.</summary>
public sealed record TextPart(string Text) : ContentPart
{
    public IReadOnlyList<Citation> Citations { get; init; } = [];
}
