namespace Lightport.Routing.Selection;

/// <summary>A policy that ranks each target by itself. Of equal ranks the first that is written comes first.</summary>
internal abstract class RankedSelection : ISelectionPolicy
{
    private const int MostOnStack = 64;

    public abstract string Name { get; }

    public virtual AffinityKey? By => null;

    public virtual bool GoesByWeight => true;

    public virtual IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context) =>
        Ranked(targets, context);

    public abstract string Why(Target target, in SelectionContext context);

    /// <summary>The rank of a target that has a weight.</summary>
    protected abstract Rank RankOf(Target target, in SelectionContext context);

    /// <summary>Sorts by insertion: a route has few targets.</summary>
    protected Target[] Ranked(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        var order = new Target[targets.Count];
        Span<Rank> ranks = order.Length <= MostOnStack ? stackalloc Rank[MostOnStack] : new Rank[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            Target target = targets[i];
            Rank rank = target.Weight == 0 ? Rank.Last : RankOf(target, context);
            int at = i;
            for (; at > 0 && ranks[at - 1].CompareTo(rank) > 0; at--)
            {
                (order[at], ranks[at]) = (order[at - 1], ranks[at - 1]);
            }

            (order[at], ranks[at]) = (target, rank);
        }

        return order;
    }

    /// <summary>Brings one forward, before all others.</summary>
    protected static void Prefer(Target[] order, int index)
    {
        Target preferred = order[index];
        Array.Copy(order, 0, order, 1, index);
        order[0] = preferred;
    }
}
