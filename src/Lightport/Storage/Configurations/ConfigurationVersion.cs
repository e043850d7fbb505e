namespace Lightport.Storage;

/// <summary>A version that is kept, in force or not.</summary>
/// <param name="Version">Its name; names sort by age.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Author">Who wrote it, as they said.</param>
/// <param name="Note">What they said of it; null for nothing.</param>
/// <param name="Entries">How many entries it has; null where they were not counted.</param>
public sealed record ConfigurationVersion(
    string Version,
    DateTimeOffset CreatedAt,
    string Author,
    string? Note,
    int? Entries)
{
    /// <summary>What was in force when it was written to take its place; null for nothing, or not told.</summary>
    public string? Replaces { get; init; }
}
