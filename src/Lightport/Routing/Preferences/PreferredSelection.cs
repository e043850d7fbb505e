using System.Globalization;
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

    public AffinityKey? By => wanted.Sort is null ? usual.By : null;

    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        IReadOnlyList<Target> sorted = wanted.Sort switch
        {
            { } sort => Sorted(sort, targets, context),
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

    public string? Why(Target target, in SelectionContext context)
    {
        string? sorted = wanted.Sort is { } sort ? Why(sort, target, context) : usual.Why(target, context);
        string?[] words =
        [
            ProviderSlug.PlaceIn(wanted.Order, target) is { } place ? $"provider.order[{place}]" : null,
            IsQuick(context.StateOf(target), context.Request.Stream) ? null : "not known to be as quick as preferred",
            sorted,
        ];
        string said = string.Join("; ", words.Where(word => word is not null));
        return said.Length == 0 ? null : said;
    }

    private static string Why(PreferredSort sort, Target target, in SelectionContext context)
    {
        TargetState state = context.StateOf(target);
        return sort switch
        {
            PreferredSort.Price => LeastCostSelection.Instance.Why(target, context),
            PreferredSort.Latency when state.Latency(context.Request.Stream) is { } latency =>
                string.Create(CultureInfo.InvariantCulture, $"{latency.TotalMilliseconds:0} ms measured"),
            PreferredSort.Throughput when state.Throughput is { } throughput =>
                string.Create(CultureInfo.InvariantCulture, $"{throughput:0.#} tokens a second measured"),
            _ => "not measured yet",
        };
    }

    private static Target[] Sorted(PreferredSort sort, IReadOnlyList<Target> targets, in SelectionContext context)
    {
        SelectionContext states = context;
        return [.. targets.OrderBy(target => Cost(sort, target, states))];
    }

    /// <summary>
    /// The least is first. A price that nobody knows may be any, and is last. A target that was never measured goes
    /// first while nothing is under way there, so that it is, and by one request at a time; else last.
    /// </summary>
    private static double Cost(PreferredSort sort, Target target, in SelectionContext context)
    {
        if (sort == PreferredSort.Price)
        {
            return (double?)context.CostAt(target) ?? double.PositiveInfinity;
        }

        TargetState state = context.StateOf(target);
        double? cost = sort == PreferredSort.Latency
            ? state.Latency(context.Request.Stream)?.TotalSeconds
            : -state.Throughput;
        return cost ?? (state.InFlight == 0 ? double.NegativeInfinity : double.PositiveInfinity);
    }

    /// <summary>Whoever was never measured is not known to be.</summary>
    private bool IsQuick(TargetState state, bool stream) =>
        !(wanted.MinThroughput is { } least && !(state.Throughput >= least))
        && !(wanted.MaxLatency is { } longest && !(state.Latency(stream) <= longest));
}
