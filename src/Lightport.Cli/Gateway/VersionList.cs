namespace Lightport.Cli.Gateway;

/// <summary>The versions of the configuration, newest first (docs/management.md).</summary>
internal sealed record VersionList(string? Current, IReadOnlyList<VersionEntry>? Versions);

internal sealed record VersionEntry(
    string Version,
    DateTimeOffset CreatedAt,
    string? Author,
    string? Note,
    int? Entries,
    bool Current);
