namespace Lightport.Enrichment.Sources;

/// <summary>A text file, or the text files of a folder.</summary>
/// <param name="Path">Below the folder of context files, with <c>/</c> between its parts.</param>
internal sealed record FileSource(string Name, string Path) : ContextSource(Name);
