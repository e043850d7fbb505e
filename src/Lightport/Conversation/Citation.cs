using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>Where a piece of the answer comes from: a web page, or a place in a document of the request.</summary>
public sealed record Citation
{
    public string? Url { get; init; }

    public string? Title { get; init; }

    /// <summary>The words cited.</summary>
    public string? CitedText { get; init; }

    /// <summary>
    /// The span of the answer's text that it supports, in UTF-16 units; null where the provider did not say.
    /// </summary>
    public int? StartIndex { get; init; }

    public int? EndIndex { get; init; }

    /// <summary>
    /// The citation in <see cref="NativeDialect"/>, whole, so that the same dialect gets it unchanged.
    /// </summary>
    public JsonElement? Native { get; init; }

    public string? NativeDialect { get; init; }
}
