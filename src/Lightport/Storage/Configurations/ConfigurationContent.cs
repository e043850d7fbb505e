namespace Lightport.Storage;

/// <summary>All that one version of the configuration says.</summary>
/// <param name="Text">
/// The document as it was applied, comments and all; null where the entries are no longer those of the text.
/// </param>
/// <param name="Entries">
/// In the order of the document. These are what counts; a store that keeps documents alone gives none.
/// </param>
public sealed record ConfigurationContent(string? Text, IReadOnlyList<ConfigurationEntry> Entries);
