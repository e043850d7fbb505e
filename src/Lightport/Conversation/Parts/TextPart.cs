namespace Lightport.Conversation;

public sealed record TextPart(string Text) : ContentPart
{
    public IReadOnlyList<Citation> Citations { get; init; } = [];
}
