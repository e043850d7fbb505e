namespace Lightport.Conversation;

/// <summary>What is cited: a web page, or a place in a document of the request.</summary>
public sealed record CitationSource
{
    public string? Url { get; init; }

    public string? Title { get; init; }

    /// <summary>The words cited.</summary>
    public string? CitedText { get; init; }

    /// <summary>Counts the request's documents from 0; null where it is none of them.</summary>
    public int? Document { get; init; }

    public CitedPlace? Place { get; init; }
}
