namespace Lightport.Management;

/// <summary>The state of what the gateway stands on.</summary>
internal sealed record HealthAnswer(
    string Status,
    string Version,
    HealthAnswer.ConfigurationFacts Configuration,
    HealthAnswer.KeyFacts? Keys,
    HealthAnswer.UsageFacts? Usage,
    HealthAnswer.UsageFacts? Receipts,
    HealthAnswer.LeaseFacts? Limits,
    HealthAnswer.AuditFacts? Audit,
    IReadOnlyList<HealthAnswer.IssuerFacts> Issuers,
    IReadOnlyList<HealthAnswer.TargetHealth> Targets)
{
    internal sealed record ConfigurationFacts(
        string? Version,
        string? Source,
        string? Error,
        int Models,
        int Providers);

    /// <param name="Store"><c>ok</c>, or why the store could not be asked last time.</param>
    internal sealed record KeyFacts(string Store, int Cached);

    /// <summary>Of usage, and of receipts.</summary>
    /// <param name="Pending">Rows that are not written yet.</param>
    internal sealed record UsageFacts(string Store, int Pending);

    /// <param name="Counters">Those that are in use here.</param>
    internal sealed record LeaseFacts(string Store, int Counters);

    /// <param name="Pending">Records that are not written yet.</param>
    /// <param name="Lost">Events that found no room, since the process began.</param>
    internal sealed record AuditFacts(string Store, int Pending, long Lost);

    /// <param name="Keys"><c>ok</c>, or why they could not be had last time.</param>
    internal sealed record IssuerFacts(string Issuer, string Keys);

    /// <summary>What the calls to one target have shown of it here; another instance has seen others.</summary>
    /// <param name="Account">Which of the provider's accounts; null where it has but one.</param>
    /// <param name="FirstContentMs">Up to a stream's first content; null where none was streamed.</param>
    /// <param name="WholeAnswerMs">Up to an answer that came whole; null where none did.</param>
    /// <param name="Failures">Since a call ended well.</param>
    /// <param name="Breaker"><c>closed</c>, <c>open</c> or <c>half_open</c>.</param>
    /// <param name="CoolUntil">Until when its provider wants to be left alone; null where that is over.</param>
    internal sealed record TargetHealth(
        string Provider,
        string Model,
        string? Account,
        int InFlight,
        long? FirstContentMs,
        long? WholeAnswerMs,
        int Failures,
        string? LastError,
        string Breaker,
        DateTimeOffset? CoolUntil);
}
