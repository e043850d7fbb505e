using Lightport.Routing.Selection;
using Lightport.Routing.State;

namespace Lightport.Routing.Preferences;

/// <summary>
/// The order that a request wishes for: sorted by what it names, else as the route has it; those that are as quick as
/// it likes before the others; the providers that it names before all.
/// </summary>
/// <param name="usual">The route's own.</param>
internal sealed class PreferredSelection(RoutingPreferences wanted, ISelectionPolicy usual) : ISelectionPolicy
{
    public string Name => wanted.Sort switch
    {
        _ when wanted.Order.Count > 0 => "provider.order",
        { } sort => $"provider.sort={sort.ToString().ToLowerInvariant()}",
        null => usual.Name,
    };

    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        IReadOnlyList<Target> sorted = wanted.Sort switch
        {
            { } sort => BySpeed(sort, targets, context),
            null => usual.Order(targets, context),
        };
        SelectionContext states = context;
        Target[] order =
        [
            .. sorted
                .OrderBy(target => ProviderSlug.PlaceIn(wanted.Order, target) ?? int.MaxValue)
                .ThenBy(target => IsQuick(states.StateOf(target), states.Request.Stream) ? 0 : 1),
        ];
        return wanted is { AllowFallbacks: false, Order.Count: 0 } ? order[..1] : order;
    }

    /// <summary>
    /// Quickest first. A target that was never measured goes first while nothing is under way there, so that it is, and
    /// by one request at a time; else last.
    /// </summary>
    private static Target[] BySpeed(
        PreferredSort sort, IReadOnlyList<Target> targets, in SelectionContext context)
    {
        SelectionContext states = context;
        return [.. targets.OrderBy(target => Cost(sort, states.StateOf(target), states.Request.Stream))];
    }

    private static double Cost(PreferredSort sort, TargetState state, bool stream)
    {
        double? cost = sort == PreferredSort.Latency ? state.Latency(stream)?.TotalSeconds : -state.Throughput;
        return cost ?? (state.InFlight == 0 ? double.NegativeInfinity : double.PositiveInfinity);
    }

    /// <summary>Whoever was never measured is not known to be.</summary>
    private bool IsQuick(TargetState state, bool stream) =>
        !(wanted.MinThroughput is { } least && !(state.Throughput >= least))
        && !(wanted.MaxLatency is { } longest && !(state.Latency(stream) <= longest));
}
