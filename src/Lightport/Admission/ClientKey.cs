using Lightport.Storage;

namespace Lightport.Admission;

/// <summary>A key that this gateway gave to a client, by its hash.</summary>
/// <param name="Caller">Who it stands for.</param>
public sealed record ClientKey(KeyHash Hash, Caller Caller)
{
    /// <summary>From this moment on it admits no one; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public bool Disabled { get; init; }

    /// <summary>A key of full length, not a hash: hashed here and forgotten.</summary>
    public static ClientKey FromPlain(string name, string key)
    {
        KeyHash hash = KeyHash.Of(key);
        return new ClientKey(hash, new Caller(name, hash.Id));
    }

    /// <exception cref="StoreException">The record's hash is none, or its limits are no limits.</exception>
    public static ClientKey From(ClientKeyRecord record)
    {
        KeyHash hash = KeyHash.Parse(record.Hash) ?? throw new StoreException(
            StoreFailure.Damaged, $"The client key '{record.Name}' has no SHA-256; remove it and make another.");
        if (record.Limits is { } limits && LimitWords.Complaint(limits) is { } complaint)
        {
            throw new StoreException(
                StoreFailure.Damaged, $"The limits of the client key '{record.Name}' cannot be used: {complaint}.");
        }

        var caller = new Caller(record.Name, hash.Id)
        {
            Models = record.Models is { } models ? new ModelAllowList(models) : ModelAllowList.Every,
            Tags = record.Tags,
            Limits = record.Limits,
        };
        return new ClientKey(hash, caller) { Expires = record.ExpiresAt, Disabled = record.Disabled };
    }

    public bool IsGood(DateTimeOffset now) => !Disabled && !(Expires <= now);
}
