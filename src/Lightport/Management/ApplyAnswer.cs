using Lightport.Configuration;

namespace Lightport.Management;

/// <summary>What applying or rolling back changes, or would change.</summary>
/// <param name="Version">The version now in force; null in a dry run.</param>
/// <param name="Previous">The version before; null where there was none.</param>
internal sealed record ApplyAnswer(
    string? Version,
    string? Previous,
    bool DryRun,
    IReadOnlyList<ConfigurationChange> Changes,
    IReadOnlyList<string> Warnings);
