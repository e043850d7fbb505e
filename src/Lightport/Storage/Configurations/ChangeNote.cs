namespace Lightport.Storage;

/// <summary>Who changes something, and why, as they said.</summary>
/// <param name="Author">A name or address.</param>
/// <param name="Note">Free text; null for nothing.</param>
public sealed record ChangeNote(string Author, string? Note = null);
