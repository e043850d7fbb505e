namespace Lightport.Routing.Selection;

/// <summary>
/// Puts targets in a policy's order of which some can be asked at several accounts. A target's accounts stay together,
/// for a key that is refused or a limit that is reached at the one says nothing of the next; the policy sees the one
/// that is asked first. Accounts that are paid for anyway come before those paid by use; among equals comes the least
/// busy for its weight, or, where the policy keeps requests together, the one that they share.
/// </summary>
internal static class AccountOrder
{
    /// <summary>What being paid by use costs a place, beside which nothing else counts.</summary>
    private const double PaidByUse = 1e12;

    public static IReadOnlyList<Target> Of(
        IReadOnlyList<Target> targets, ISelectionPolicy policy, in SelectionContext context)
    {
        if (!HasAccounts(targets))
        {
            return policy.Order(targets, context);
        }

        var first = new List<Target>(targets.Count);
        var runs = new List<Target[]>(targets.Count);
        for (int start = 0; start < targets.Count;)
        {
            int end = start + 1;
            while (end < targets.Count && targets[start].IsOfOneTarget(targets[end]))
            {
                end++;
            }

            runs.Add(Ranked(targets, start, end, policy.By, context));
            first.Add(runs[^1][0]);
            start = end;
        }

        var order = new List<Target>(targets.Count);
        foreach (Target next in policy.Order(first, context))
        {
            order.AddRange(runs[first.FindIndex(target => ReferenceEquals(target, next))]);
        }

        return order;
    }

    private static bool HasAccounts(IReadOnlyList<Target> targets)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i].Provider.Account is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static Target[] Ranked(
        IReadOnlyList<Target> targets, int start, int end, AffinityKey? by, in SelectionContext context)
    {
        // A client's own key is the same at every account, so that one is enough.
        var order = new Target[context.Request.BringsKey ? 1 : end - start];
        order[0] = targets[start];
        if (order.Length == 1)
        {
            return order;
        }

        var ranks = new Rank[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = targets[start + i];
            ranks[i] = RankOf(order[i], by, context);
        }

        Array.Sort(ranks, order);
        return order;
    }

    private static Rank RankOf(Target target, AffinityKey? by, in SelectionContext context)
    {
        ProviderAccount account = target.Provider.Account!;
        if (account.Weight == 0)
        {
            return Rank.Last;
        }

        double paid = account.IsProvisioned ? 0 : PaidByUse;
        if (by is { } key)
        {
            double number = Rendezvous.Number(context.AffinityBy(key), account);
            return new Rank(paid, WeightedDraw.Delay(number, account.Weight));
        }

        double busy = context.StateOf(target).Busyness / account.Weight;
        return new Rank(paid + busy, WeightedDraw.Delay(1 - context.NextRandom(), account.Weight));
    }
}
