using Azure.Data.Tables;
using Lightport.Azure.Answers;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure;

/// <summary>What was put into conversations, in Table Storage, where every instance finds it.</summary>
/// <param name="kept">How long a session is kept, a week at most.</param>
public sealed class TableSessionStore(
    TableServiceClient service, TimeSpan kept, TimeProvider time, ILogger<TableSessionStore> logger) : ISessionStore
{
    /// <summary>What the tables' names begin with.</summary>
    public const string Tables = "LightportSessions";

    private readonly PackedTables<StoredSession> _sessions = new(
        new PeriodTables(service, Tables, PeriodTables.Week, kept, time, logger),
        AzureJsonContext.Default.StoredSession,
        time);

    public ValueTask WriteAsync(StoredSession session, CancellationToken cancellationToken) =>
        _sessions.WriteAsync(session.Owner, session.Id, session, session.ExpiresAt, cancellationToken);

    public ValueTask<bool> TryAddAsync(StoredSession session, CancellationToken cancellationToken) =>
        _sessions.TryAddAsync(session.Owner, session.Id, session, session.ExpiresAt, cancellationToken);

    public ValueTask<StoredSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        _sessions.FindAsync(owner, id, cancellationToken);
}
