using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Routing.Selection;

/// <summary>A policy that goes by all that a selection is given: those that failed come last, of the others the
/// quickest first, and chance decides between equals.</summary>
internal sealed class WatchingSelection : ISelectionPolicy
{
    public string Name => "watching";

    /// <summary>The requests that it was asked for.</summary>
    public List<SelectionFacts> Asked { get; } = [];

    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        Asked.Add(context.Request);
        SelectionContext seen = context;
        return [.. targets
            .OrderBy(target => seen.StateOf(target).ConsecutiveFailures)
            .ThenBy(target => seen.StateOf(target).InFlight)
            .ThenBy(target => seen.StateOf(target).Latency(seen.Request.Stream))
            .ThenBy(_ => seen.NextRandom())];
    }
}
