namespace Lightport.Storage;

/// <summary>A client key as it is kept: its hash, never the key.</summary>
public sealed record ClientKeyRecord
{
    /// <summary>The digits of the hash that make an id.</summary>
    public const int IdLength = 16;

    /// <summary>SHA-256 of the key's UTF-8, in 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>Tells the key from others and gives it not away: how doors, logs and usage name it.</summary>
    public string Id => Hash[..IdLength];

    /// <summary>For people; two keys may have the same while one replaces the other.</summary>
    public required string Name { get; init; }

    /// <summary>The models it may ask for, with <c>*</c> for any run of characters; null for all.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>How much it may use; null where only the configuration says so.</summary>
    public LimitAmounts? Limits { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From this moment on it admits no one; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool Disabled { get; init; }

    /// <summary>The id of the key that this one took over from; null for none.</summary>
    public string? Replaces { get; init; }

    /// <summary>The id of the key that takes over from this one; null for none.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>The store's mark of this state of the record; null before it is stored.</summary>
    public string? ETag { get; init; }
}
