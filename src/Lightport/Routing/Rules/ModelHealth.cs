using Lightport.Cel;
using Lightport.Routing.State;

namespace Lightport.Routing.Rules;

/// <summary>
/// The state of a model's targets as one: the calls of all that are under way, and else the best of them, as requests
/// are tried at another where one fails.
/// </summary>
internal sealed class ModelHealth(IReadOnlyList<Target> targets, TargetStates states, bool stream) : ICelObject
{
    public bool TryGetField(string name, out CelValue value)
    {
        value = name switch
        {
            "in_flight" => CelValue.Of((long)targets.Sum(target => states.Find(target)?.InFlight ?? 0)),
            "failures" => CelValue.Of((long)targets.Min(target => states.Find(target)?.ConsecutiveFailures ?? 0)),
            "open" => CelValue.Of(targets.All(target => states.Find(target)?.Breaker == BreakerPhase.Open)),
            "cooling" => CelValue.Of(targets.All(target => states.IsCooling(target))),
            _ => Latency() is { } latency ? CelValue.Of(latency) : CelValue.Null,
        };
        return name != "latency" || value.Kind == CelKind.Duration;
    }

    private TimeSpan? Latency() => targets.Min(target => states.Find(target)?.Latency(stream));
}
