namespace Lightport.Routing.Selection;

/// <summary>
/// Puts what the filters left of a route in order. A route that is tried as it is written, and the fallbacks of every
/// route, may hold what other entries stand for: each of those keeps the order of its own selection, at its place.
/// </summary>
internal static class GroupOrder
{
    /// <summary>The targets that the route's selection is for.</summary>
    public static IReadOnlyList<Target> OfOwn(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        ISelectionPolicy selection = context.Request.Route.Selection;
        return targets.Count < 2 ? targets
            : selection is OrderedSelection ? AsWritten(targets, context)
            : AccountOrder.Of(targets, selection, context);
    }

    /// <summary>
    /// As they are written, each group by its own selection. The same list where nothing is to be done.
    /// </summary>
    public static IReadOnlyList<Target> AsWritten(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        if (!HasGroups(targets))
        {
            return AccountOrder.Of(targets, OrderedSelection.Instance, context);
        }

        var order = new List<Target>(targets.Count);
        for (int start = 0; start < targets.Count;)
        {
            ISelectionPolicy? selection = targets[start].Selection;
            var group = new List<Target>();
            for (; start < targets.Count && targets[start].Selection == selection; start++)
            {
                group.Add(targets[start]);
            }

            order.AddRange(AccountOrder.Of(group, selection ?? OrderedSelection.Instance, context));
        }

        return order;
    }

    private static bool HasGroups(IReadOnlyList<Target> targets)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i].Selection is not null)
            {
                return true;
            }
        }

        return false;
    }
}
