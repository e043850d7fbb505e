namespace Lightport.Admission;

/// <summary>
/// The client keys that the configuration lists, found by hash: how long it takes says nothing about any key.
/// </summary>
public sealed class ClientKeys
{
    private readonly Dictionary<KeyHash, ClientKey> _byHash = [];

    /// <param name="keys">Of two with the same hash the first counts.</param>
    public ClientKeys(IEnumerable<ClientKey> keys)
    {
        foreach (ClientKey key in keys)
        {
            _byHash.TryAdd(key.Hash, key);
        }
    }

    public static ClientKeys None { get; } = new([]);

    public int Count => _byHash.Count;

    public IReadOnlyCollection<ClientKey> All => _byHash.Values;

    /// <summary>The key that was presented, or null; whether it is still good is for the caller to look at.</summary>
    public ClientKey? Find(ReadOnlySpan<char> presented) => Find(KeyHash.Of(presented));

    public ClientKey? Find(in KeyHash hash) => _byHash.GetValueOrDefault(hash);
}
