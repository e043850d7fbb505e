namespace Lightport.Enrichment.Sources;

/// <summary>What is asked of a source; two that are equal have one answer.</summary>
/// <param name="Address">Where it is asked; null for one that is not elsewhere.</param>
/// <param name="Scope">Whose answer it is, where it depends on the key; empty where it does not.</param>
internal readonly record struct SourceQuestion(ContextSource Source, Uri? Address, string Scope);
