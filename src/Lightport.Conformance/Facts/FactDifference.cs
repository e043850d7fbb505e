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

    /// <summary>Whether what was heard stands in another order.</summary>
    public bool IsReordered { get; }

    /// <param name="said">What must be heard.</param>
    /// <param name="heard">What was.</param>
    /// <param name="sequence">The subjects that have an order among each other, and not each by itself alone.</param>
    public static FactDifference Between(
        IReadOnlyList<Fact> said, IReadOnlyList<Fact> heard, params string[] sequence)
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
        Fact[] known = [.. heard.Except(added)];
        bool isReordered = AreReordered(kept, known, sequence)
            || kept.Select(fact => fact.Subject).Distinct().Any(subject => AreReordered(kept, known, subject));
        return new FactDifference(missing, added, isReordered);
    }

    private static bool AreReordered(Fact[] said, Fact[] heard, params string[] subjects) =>
        !said.Where(fact => subjects.Contains(fact.Subject))
            .SequenceEqual(heard.Where(fact => subjects.Contains(fact.Subject)));
}
