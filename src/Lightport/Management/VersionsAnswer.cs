namespace Lightport.Management;

/// <summary>The versions that are kept, newest first.</summary>
internal sealed record VersionsAnswer(string? Current, IReadOnlyList<VersionsAnswer.Item> Versions)
{
    internal sealed record Item(
        string Version,
        DateTimeOffset CreatedAt,
        string Author,
        string? Note,
        int? Entries,
        bool Current);
}
