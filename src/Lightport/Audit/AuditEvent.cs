using Lightport.Usage;

namespace Lightport.Audit;

/// <summary>Something that is to be written down: it becomes a record when the writer comes to it.</summary>
/// <param name="At">When it was.</param>
internal abstract record AuditEvent(DateTimeOffset At);

/// <summary>A client's request is over, however it ended.</summary>
/// <param name="Content">The beginning of what it said, masked; null where that is not wanted.</param>
internal sealed record RequestAudited(DateTimeOffset At, UsageRecord Record, string? Content) : AuditEvent(At);

/// <summary>Somebody was at a management door.</summary>
/// <param name="Author">Who, as they say or their issuer knows them; null where nobody knows.</param>
/// <param name="Changed">What was changed: a version's name, a key's id; null for nothing.</param>
/// <param name="RefusedBy">Why nothing was done; null where something was.</param>
internal sealed record ManagementAudited(
    DateTimeOffset At, string RequestId, string Door, string? Author, int Status, string? Changed, string? RefusedBy)
    : AuditEvent(At);

/// <summary>The gateway has called a tool of an MCP server for a client.</summary>
/// <param name="RequestId">The client's request, whose own record says who it was.</param>
/// <param name="Server">The server's label.</param>
/// <param name="ArgumentsHash">SHA-256 of what it was called with, in hexadecimal digits: never the arguments.</param>
/// <param name="Outcome"><c>ok</c>, or what failed as one word.</param>
internal sealed record ToolAudited(
    DateTimeOffset At,
    string RequestId,
    string Server,
    string Tool,
    string ArgumentsHash,
    string Outcome,
    double Milliseconds)
    : AuditEvent(At);

/// <summary>A process begins to write.</summary>
internal sealed record AuditBegun(DateTimeOffset At, string Version) : AuditEvent(At)
{
    /// <summary>The hash of the record that was written last, and is gone; null where nothing is missing.</summary>
    public string? Missing { get; init; }
}

/// <summary>A process writes no more here: it has ended in good order, or the configuration says so.</summary>
internal sealed record AuditEnded(DateTimeOffset At, bool ByConfiguration) : AuditEvent(At);

/// <summary>So many could not be kept until there was a place for them.</summary>
internal sealed record AuditsLost(DateTimeOffset At, long Count) : AuditEvent(At);
