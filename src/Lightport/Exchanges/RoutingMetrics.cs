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

    /// <summary>A provider with but one account has no label of it, for an empty one would be a value.</summary>
    private static Measurement<int> Breaker(KeyValuePair<TargetKey, TargetState> target)
    {
        int phase = target.Value.Breaker switch
        {
            BreakerPhase.Closed => 0,
            BreakerPhase.HalfOpen => 1,
            _ => 2,
        };
        var provider = KeyValuePair.Create<string, object?>(TelemetryNames.Provider, target.Key.Provider);
        var model = KeyValuePair.Create<string, object?>(TelemetryNames.RequestModel, target.Key.Model);
        return target.Key.Account is { } account
            ? new(phase, provider, model, KeyValuePair.Create<string, object?>(TelemetryNames.Account, account))
            : new(phase, provider, model);
    }
}
