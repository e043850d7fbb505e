using Lightport.Routing.State;

namespace Lightport.Routing.Selection;

/// <summary>What a selection may go by: the request, the state of any target, and chance.</summary>
public readonly struct SelectionContext(in SelectionFacts request, TargetStates states, Func<double> random)
{
    public SelectionFacts Request { get; } = request;

    /// <summary>What is known of a target, also from before the configuration in force.</summary>
    public TargetState StateOf(Target target) => states.Of(target);

    /// <summary>The same number for all requests that have this in common; 0 where nobody knows it.</summary>
    public ulong AffinityBy(AffinityKey key) => Request.Request?.AffinityBy(key) ?? 0;

    /// <summary>What the request would cost at a target, in US dollars; null where nobody knows.</summary>
    public decimal? CostAt(Target target) => Costs?.Estimate(target, Request);

    /// <summary>A number from 0 up to 1.</summary>
    public double NextRandom() => random();

    /// <summary>Null where no prices are known.</summary>
    internal CostEstimator? Costs { get; init; }
}
