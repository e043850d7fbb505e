using System.Text.Json;

namespace Lightport.Cli.Gateway;

/// <summary>What an apply or a roll-back changes (docs/management.md).</summary>
/// <param name="Version">The version that it made; null in a dry run.</param>
/// <param name="Previous">The version that it is compared with; null where there was none.</param>
/// <param name="DryRun">Whether nothing was written.</param>
/// <param name="Changes">Empty where nothing changes.</param>
/// <param name="Warnings">Text, or objects with a message.</param>
internal sealed record ChangeSet(
    string? Version,
    string? Previous,
    bool DryRun,
    IReadOnlyList<Change>? Changes,
    IReadOnlyList<JsonElement>? Warnings);

/// <param name="Kind"><c>provider</c>, <c>model</c>, <c>rule</c>, <c>key</c> or <c>setting</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Before">JSON; null where it is new.</param>
/// <param name="After">JSON; null where it is gone.</param>
internal sealed record Change(string Kind, string Name, string? Before, string? After)
{
    /// <summary><c>added</c>, <c>changed</c>, <c>removed</c> or <c>moved</c>.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("change")]
    public string Verb { get; init; } = "";
}
