using Lightport.Storage;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A store that cannot be asked.</summary>
internal sealed class AwaySessions : ISessionStore
{
    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) => throw Away();

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) => throw Away();

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        throw Away();

    private static StoreException Away() => new(StoreFailure.Unavailable, "away");
}
