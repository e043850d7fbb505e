namespace Lightport.Cli.Gateway;

/// <summary>A client key (docs/management.md).</summary>
internal sealed record KeyEntry(
    string Id,
    string Name,
    IReadOnlyList<string>? Models,
    IReadOnlyDictionary<string, string>? Tags,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ExpiresAt,
    bool Disabled,
    string? Status,
    string? Source,
    string? Replaces,
    string? ReplacedBy)
{
    /// <summary>How much it may use; null where it brings no limits itself.</summary>
    public KeyAmounts? Limits { get; init; }

    /// <summary>The key itself, shown once, when it was made.</summary>
    public string? Key { get; init; }

    /// <summary>A record would print the key.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
