namespace Lightport.Conversation;

/// <summary>A document or any other file: PDF, plain text, video.</summary>
public sealed record FilePart(MediaSource Source) : ContentPart
{
    public string? Filename { get; init; }

    /// <summary>What the document is about, told to the model but never cited (Anthropic's <c>context</c>).</summary>
    public string? Context { get; init; }

    /// <summary>Whether the model may cite it; null where the client did not say.</summary>
    public bool? Citations { get; init; }

    /// <summary>The file's text in pieces of the client's choosing (Anthropic's <c>content</c> source).</summary>
    public IReadOnlyList<ContentPart> Contents { get; init; } = [];
}
