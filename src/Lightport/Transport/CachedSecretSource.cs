using System.Collections.Concurrent;

namespace Lightport.Transport;

/// <summary>
/// Keeps what another source says: values for 5 minutes, refreshed ahead of their end, and absence for 10 seconds. One
/// fetch a name is in flight. While the source is away the last good value goes on serving.
/// </summary>
public sealed class CachedSecretSource(ISecretSource source, TimeProvider time) : ISecretSource
{
    private readonly ConcurrentDictionary<string, CachedSecret> _secrets = new(StringComparer.Ordinal);

    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        _secrets
            .GetOrAdd(name, static (name, of) => new CachedSecret(name, of.source, of.time), (source, time))
            .GetAsync(cancellationToken);

    public void Invalidate(string name)
    {
        // A fetch that is under way may bring the refused value: it ends in the entry that is thrown away here.
        _secrets.TryRemove(name, out _);
        source.Invalidate(name);
    }
}
