namespace Lightport.Conformance.Facts;

/// <summary>What two readings of the same thing do not share.</summary>
internal sealed class FactDifference
{
    private FactDifference(IReadOnlyList<Fact> missing, IReadOnlyList<Fact> added, bool isReordered) =>
        (Missing, Added, IsReordered) = (missing, added, isReordered);

    /// <summary>Said, but not heard.</summary>
    public IReadOnlyList<Fact> Missing { get; }

    /// <summary>Heard, but not said.</summary>
    public IReadOnlyList<Fact> Added { get; }

    /// <summary>Whether what was heard stands in another order within its subject.</summary>
    public bool IsReordered { get; }

    /// <param name="said">What must be heard.</param>
    /// <param name="heard">What was.</param>
    public static FactDifference Between(IReadOnlyList<Fact> said, IReadOnlyList<Fact> heard)
    {
        var added = new List<Fact>(heard);
        var missing = new List<Fact>();
        foreach (Fact fact in said)
        {
            if (!added.Remove(fact))
            {
                missing.Add(fact);
            }
        }

        Fact[] kept = [.. said.Except(missing)];
        bool isReordered = kept.Select(fact => fact.Subject).Distinct().Any(subject =>
            !InOrder(kept, subject).SequenceEqual(InOrder(heard.Except(added), subject)));
        return new FactDifference(missing, added, isReordered);
    }

    private static IEnumerable<Fact> InOrder(IEnumerable<Fact> facts, string subject) =>
        facts.Where(fact => fact.Subject == subject);
}
