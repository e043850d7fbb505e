namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>A part of an item that has begun in the stream, and what of it has been told.</summary>
/// <param name="index">The part's own index in the answer.</param>
/// <param name="offset">Where in the answer's text it begins.</param>
internal sealed class OpenAIResponsesToldPart(int index, int offset)
{
    public int Offset => offset;

    public int Index => index;

    /// <summary>Some of its text or of its arguments was told.</summary>
    public bool HasText { get; set; }

    public bool HasLogprobs { get; set; }

    public int Citations { get; set; }
}
