using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A store that several gateways of a test share, by a clock of its own.</summary>
internal sealed class SharedSessions : ISessionStore
{
    private readonly MemorySessionStore _sessions = new(new ManualTimeProvider());

    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) =>
        _sessions.WriteAsync(session, cancellationToken);

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) =>
        _sessions.TryAddAsync(session, cancellationToken);

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _sessions.FindAsync(owner, id, cancellationToken);
}
