namespace Lightport.Enrichment.Sources;

/// <summary>A source could not be read; the message is for the log, and quotes nothing of what it said.</summary>
internal sealed class SourceException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why, in one word.</summary>
    public string Word { get; init; } = "unreadable";
}
