using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lightport.Admission;

/// <summary>The client keys that are known, found by hash.</summary>
public sealed class ClientKeys
{
    private readonly Dictionary<ulong, ClientKey[]> _byHashStart;

    public ClientKeys(IEnumerable<ClientKey> keys)
    {
        _byHashStart = keys
            .GroupBy(key => Start(key.Hash.Span))
            .ToDictionary(group => group.Key, group => group.ToArray());
        Count = _byHashStart.Values.Sum(group => group.Length);
    }

    public static ClientKeys None { get; } = new([]);

    public int Count { get; }

    /// <summary>
    /// The key that was presented, or null. Only hashes are compared, and in constant time, so how long it takes says
    /// nothing about any key; whether the key is still good is for the caller to look at.
    /// </summary>
    public ClientKey? Find(ReadOnlySpan<char> presented)
    {
        Span<byte> hash = stackalloc byte[KeyHash.Bytes];
        KeyHash.Compute(presented, hash);
        ClientKey? found = null;
        foreach (ClientKey key in _byHashStart.GetValueOrDefault(Start(hash)) ?? [])
        {
            found = CryptographicOperations.FixedTimeEquals(key.Hash.Span, hash) ? key : found;
        }

        return found;
    }

    private static ulong Start(ReadOnlySpan<byte> hash) => BinaryPrimitives.ReadUInt64LittleEndian(hash);
}
