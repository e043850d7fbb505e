using Lightport.Routing.Eligibility;
using Lightport.Routing.State;

namespace Lightport.Routing.Selection;

/// <summary>
/// Chooses where one request is tried, and in which order.
/// <list type="number">
/// <item>Passes over each target that a filter has a reason against, or defers it.</item>
/// <item>Puts the route's own targets in its policy's order.</item>
/// <item>Appends the fallbacks as they are written, what an entry stands for in that entry's order, and what was
/// deferred.</item>
/// <item>Puts those behind that are best left alone (<see cref="TargetState.Away"/>), soonest back first.</item>
/// </list>
/// A route of one target that nothing speaks against costs no memory.
/// </summary>
/// <param name="filters">The first reason counts, of those that do the most.</param>
/// <param name="states">What is known of the targets.</param>
/// <param name="random">Numbers from 0 up to 1.</param>
/// <param name="costs">What requests would cost; null where no prices are known.</param>
internal sealed class TargetSelector(
    IEnumerable<ITargetFilter> filters, TargetStates states, Func<double> random, CostEstimator? costs = null)
{
    private readonly ITargetFilter[] _filters = [.. filters.OrderBy(filter => filter.Effect)];

    public SelectedTargets Select(in SelectionFacts request)
    {
        Route route = request.Route;

        // 1 Pass over
        List<PassedOver>? passedOver = Filter(route.Targets, request);
        IReadOnlyList<Target> own = route.Targets;
        IReadOnlyList<Target> others = [];
        if (passedOver is not null || route.Own < route.Targets.Count)
        {
            own = Left(route.Targets, 0, route.Own, passedOver);
            others = Left(route.Targets, route.Own, route.Targets.Count, passedOver);
        }

        // 2 Order
        var context = new SelectionContext(request, states, random) { Costs = costs };
        IReadOnlyList<Target> ordered = GroupOrder.OfOwn(own, context);

        // 3 Fallbacks
        IReadOnlyList<Target> fallbacks = GroupOrder.AsWritten(others, context);
        IReadOnlyList<Target> all = passedOver is not null ? [.. ordered, .. fallbacks, .. Deferred(passedOver)]
            : fallbacks.Count > 0 ? [.. ordered, .. fallbacks]
            : ordered;

        // 4 Away
        return new SelectedTargets(AwayLast(all), (IReadOnlyList<PassedOver>?)passedOver ?? []);
    }

    /// <summary>Of targets that stand apart from the route's, those that can take the request.</summary>
    public IReadOnlyList<Target> Narrow(IReadOnlyList<Target> targets, in SelectionFacts request) =>
        Filter(targets, request) is { } passedOver
            ? [.. Left(targets, 0, targets.Count, passedOver), .. Deferred(passedOver)]
            : targets;

    /// <summary>Most often none is away, and then nothing is made.</summary>
    private IReadOnlyList<Target> AwayLast(IReadOnlyList<Target> targets)
    {
        List<(Target Target, TimeSpan For)>? away = null;
        for (int i = 0; targets.Count > 1 && i < targets.Count; i++)
        {
            if (states.Of(targets[i]).Away is { } left)
            {
                (away ??= []).Add((targets[i], left));
            }
        }

        return away is null ? targets : Behind(targets, away);
    }

    private static IReadOnlyList<Target> Behind(
        IReadOnlyList<Target> targets, List<(Target Target, TimeSpan For)> away) =>
    [
        .. targets.Where(target => !away.Exists(gone => ReferenceEquals(gone.Target, target))),
        .. away.OrderBy(gone => gone.For).Select(gone => gone.Target),
    ];

    private List<PassedOver>? Filter(IReadOnlyList<Target> targets, in SelectionFacts request)
    {
        List<PassedOver>? passedOver = null;
        int gone = 0;
        for (int i = 0; i < targets.Count; i++)
        {
            if (WhyNot(targets[i], request) is { } reason)
            {
                (passedOver ??= []).Add(reason);
                gone += reason.Effect == FilterEffect.Defers ? 0 : 1;
            }
        }

        if (gone == targets.Count)
        {
            // Where none is left, all stay that may still be able to: the provider has the last word.
            passedOver!.RemoveAll(passed => passed.Effect == FilterEffect.Yields);
        }

        return passedOver is { Count: > 0 } ? passedOver : null;
    }

    private PassedOver? WhyNot(Target target, in SelectionFacts request)
    {
        foreach (ITargetFilter filter in _filters)
        {
            if (filter.WhyNot(target, request) is { } reason)
            {
                return new PassedOver(target, reason, filter.Effect);
            }
        }

        return null;
    }

    private static List<Target> Left(
        IReadOnlyList<Target> targets, int from, int to, List<PassedOver>? passedOver)
    {
        var left = new List<Target>(to - from);
        for (int i = from; i < to; i++)
        {
            Target target = targets[i];
            if (passedOver?.Exists(passed => ReferenceEquals(passed.Target, target)) != true)
            {
                left.Add(target);
            }
        }

        return left;
    }

    private static IEnumerable<Target> Deferred(List<PassedOver> passedOver) =>
        passedOver.Where(passed => passed.Effect == FilterEffect.Defers).Select(passed => passed.Target);
}
