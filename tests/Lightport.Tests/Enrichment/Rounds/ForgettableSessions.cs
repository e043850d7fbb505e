using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A store that a test empties.</summary>
internal sealed class ForgettableSessions : ISessionStore
{
    private MemorySessionStore _sessions = New();

    public void Forget() => _sessions = New();

    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) =>
        _sessions.WriteAsync(session, cancellationToken);

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) =>
        _sessions.TryAddAsync(session, cancellationToken);

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _sessions.FindAsync(owner, id, cancellationToken);

    private static MemorySessionStore New() => new(new ManualTimeProvider());
}
