namespace Lightport.Audit;

/// <summary>What is written down of who did what, and what happens while it cannot be.</summary>
/// <param name="To">Where records go.</param>
/// <param name="Folder">The folder of the files; it matters to those alone.</param>
/// <param name="IsClosed">While records cannot be written, requests are refused.</param>
/// <param name="HasContent">What clients send is written down too, masked and cut.</param>
internal sealed record AuditSettings(AuditPlace To, string Folder, bool IsClosed, bool HasContent)
{
    /// <summary>The container of the blobs; it matters to those alone.</summary>
    public string Container { get; init; } = DefaultFolder;

    /// <summary>The folder, or container, where none is said.</summary>
    public const string DefaultFolder = "lightport-audit";

    /// <summary>Nothing is written down.</summary>
    public static AuditSettings Off { get; } = new(AuditPlace.Nowhere, DefaultFolder, false, false);
}
