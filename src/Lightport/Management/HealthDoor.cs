using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Doors;
using Lightport.Exchanges;
using Lightport.Limits.Leases;
using Lightport.Routing.State;
using Lightport.Usage;
using Lightport.Usage.Receipts;

namespace Lightport.Management;

/// <summary>Tells whoever runs the gateway what <c>/health</c> tells nobody: which part is away, and why.</summary>
internal sealed class HealthDoor(
    GatewayHealth health,
    IGatewayConfigurationSource configuration,
    TargetStates targets,
    TimeProvider clock,
    IdentityKeeper identities,
    ClientKeyDirectory? keys = null,
    UsageLedger? usage = null,
    LeaseLedger? limits = null,
    ReceiptLedger? receipts = null,
    AuditStream? audit = null)
{
    public ValueTask ReadAsync(ManagementCall call)
    {
        GatewayConfiguration? inForce = configuration.InForce;
        return call.AnswerAsync(
            new HealthAnswer(
                health.Status,
                GatewayHealth.Version,
                new(
                    inForce?.Routing.Version,
                    inForce?.Source,
                    configuration.LastError,
                    inForce?.Routing.ModelNames.Count ?? 0,
                    inForce?.Routing.Providers.Count ?? 0),
                keys is null ? null : new(keys.LastError ?? "ok", keys.Count),
                usage is null ? null : new(usage.LastError ?? "ok", usage.Pending),
                receipts is null ? null : new(receipts.LastError ?? "ok", receipts.Pending),
                limits is null ? null : new(limits.LastError ?? "ok", limits.Count),
                audit is { IsOn: true } ? new(audit.LastError ?? "ok", audit.Pending, audit.Lost) : null,
                [.. (inForce?.Admission.Identity?.Issuers ?? [])
                    .Select(issuer => new HealthAnswer.IssuerFacts(
                        issuer.Name, identities.LastError(issuer) ?? "ok"))],
                [.. targets.All
                    .OrderBy(target => target.Key.Provider, StringComparer.Ordinal)
                    .ThenBy(target => target.Key.Model, StringComparer.Ordinal)
                    .ThenBy(target => target.Key.Account, StringComparer.Ordinal)
                    .Select(target => Facts(target.Key, target.Value))]),
            ManagementJsonContext.Readable.HealthAnswer);
    }

    private HealthAnswer.TargetHealth Facts(TargetKey key, TargetState state) => new(
        key.Provider,
        key.Model,
        key.Account,
        state.InFlight,
        Milliseconds(state.Latency(stream: true)),
        Milliseconds(state.Latency(stream: false)),
        state.ConsecutiveFailures,
        state.LastFailure?.Kind.ToString(),
        Word(state.Breaker),
        state.CoolUntil is { } until && until > clock.GetUtcNow() ? until : null);

    private static string Word(BreakerPhase phase) => phase switch
    {
        BreakerPhase.Closed => "closed",
        BreakerPhase.Open => "open",
        _ => "half_open",
    };

    private static long? Milliseconds(TimeSpan? latency) =>
        latency is { } known ? (long)Math.Round(known.TotalMilliseconds) : null;
}
