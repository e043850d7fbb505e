namespace Lightport.Enrichment.Sources;

/// <summary>Text that a source gives to a conversation.</summary>
/// <param name="Source">The source's name in the configuration.</param>
/// <param name="Place">Where it belongs.</param>
/// <param name="Text">Marked as data, and no longer than the source may be.</param>
internal sealed record ContextPiece(string Source, ContextPlace Place, string Text);
