using System.Diagnostics.Metrics;
using Lightport.Exchanges.Shadows;
using Lightport.Routing;
using Lightport.Routing.State;
using Lightport.Telemetry;

namespace Lightport.Exchanges;

/// <summary>What the metrics tell of targets and of attempts that were not made: read when somebody asks.</summary>
internal static class RoutingMetrics
{
    public static void Publish(
        GatewayTelemetry telemetry, TargetStates targets, AttemptLoop attempts, ShadowCounts shadows)
    {
        telemetry.Observe(
            TelemetryNames.TargetBreaker,
            "1",
            "A target's circuit breaker: 0 closed, 1 half-open, 2 open.",
            () => targets.All.Where(target => telemetry.Names(target.Key.Model)).Select(Breaker));
        telemetry.Count(
            TelemetryNames.RetriesRefused,
            "{retry}",
            "Retries that the budget did not allow.",
            () => attempts.Refused);
        telemetry.Count(
            TelemetryNames.ShadowSent, "{request}", "Copies of requests that were sent.", () => shadows.Sent);
        telemetry.Count(
            TelemetryNames.ShadowFailed,
            "{request}",
            "Copies of requests that were not answered whole.",
            () => shadows.Failed);
        telemetry.Count(
            TelemetryNames.ShadowSkipped,
            "{request}",
            "Requests that were drawn, and could not or must not be copied.",
            () => shadows.Skipped);
    }

    private static Measurement<int> Breaker(KeyValuePair<TargetKey, TargetState> target) => new(
        target.Value.Breaker switch
        {
            BreakerPhase.Closed => 0,
            BreakerPhase.HalfOpen => 1,
            _ => 2,
        },
        new(TelemetryNames.Provider, target.Key.Provider),
        new(TelemetryNames.RequestModel, target.Key.Model),
        new(TelemetryNames.Account, target.Key.Account));
}
