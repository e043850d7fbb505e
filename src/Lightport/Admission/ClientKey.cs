namespace Lightport.Admission;

/// <summary>A key that this gateway gave to a client, by its hash.</summary>
/// <param name="Hash">The 32 bytes of <see cref="KeyHash"/>.</param>
/// <param name="Caller">Who it stands for.</param>
public sealed record ClientKey(ReadOnlyMemory<byte> Hash, Caller Caller)
{
    /// <summary>From this moment on it admits no one; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    public bool Disabled { get; init; }

    /// <summary>A key of full length, not a hash: hashed here and forgotten.</summary>
    public static ClientKey FromPlain(string name, string key)
    {
        byte[] hash = new byte[KeyHash.Bytes];
        KeyHash.Compute(key, hash);
        return new ClientKey(hash, new Caller(name, KeyHash.Id(hash)));
    }
}
