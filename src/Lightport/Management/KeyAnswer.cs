using System.Text.Json.Serialization;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>A client key as the doors show it; <see cref="Key"/> only where it was made by this very call.</summary>
internal sealed record KeyAnswer
{
    public required string Id { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string>? Models { get; init; }

    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitAmounts? Limits { get; init; }

    public required DateTimeOffset? CreatedAt { get; init; }

    public required DateTimeOffset? ExpiresAt { get; init; }

    public required bool Disabled { get; init; }

    public required string Status { get; init; }

    public required string Source { get; init; }

    public required string? Replaces { get; init; }

    public required string? ReplacedBy { get; init; }

    public static KeyAnswer Of(ClientKeyRecord key, DateTimeOffset now, string? plain = null) => new()
    {
        Id = key.Id,
        Key = plain,
        Name = key.Name,
        Models = key.Models,
        Tags = key.Tags,
        Limits = key.Limits,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        Disabled = key.Disabled,
        Status = StatusOf(key.Disabled, key.ExpiresAt, now),
        Source = "store",
        Replaces = key.Replaces,
        ReplacedBy = key.ReplacedBy,
    };

    public static KeyAnswer Of(Admission.ClientKey key, DateTimeOffset now) => new()
    {
        Id = key.Hash.Id,
        Name = key.Caller.Name,
        Models = key.Caller.Models.Globs,
        Tags = key.Caller.Tags,
        Limits = key.Caller.Limits,
        CreatedAt = null,
        ExpiresAt = key.Expires,
        Disabled = key.Disabled,
        Status = StatusOf(key.Disabled, key.Expires, now),
        Source = "configuration",
        Replaces = null,
        ReplacedBy = null,
    };

    private static string StatusOf(bool disabled, DateTimeOffset? expires, DateTimeOffset now) =>
        disabled ? "disabled" : expires <= now ? "expired" : "active";
}
