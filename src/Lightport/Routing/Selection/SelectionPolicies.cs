namespace Lightport.Routing.Selection;

/// <summary>The selection policies, by the word after <c>select:</c>.</summary>
internal static class SelectionPolicies
{
    private const string Weighted = "weighted";
    private const string Sticky = "sticky";

    public static IReadOnlyList<string> Names { get; } =
        ["ordered", Weighted, "round-robin", "least-latency", "least-cost", "least-busy", Sticky];

    /// <summary>The policies that can keep requests together.</summary>
    public static IReadOnlyList<string> NamesBy { get; } = [Weighted, Sticky];

    /// <summary>What they can go by, by the word after <c>by:</c>.</summary>
    public static IReadOnlyDictionary<string, AffinityKey> Keys { get; } = new Dictionary<string, AffinityKey>
    {
        ["session"] = AffinityKey.Session,
        ["user"] = AffinityKey.User,
        ["prompt"] = AffinityKey.Prompt,
    };

    /// <summary>A policy for one route; null where there is none of that name.</summary>
    /// <param name="by">Only for <see cref="NamesBy"/>; null for each one's own default.</param>
    public static ISelectionPolicy? Create(string name, AffinityKey? by = null) => name switch
    {
        "ordered" => OrderedSelection.Instance,
        Weighted => new WeightedSelection(by),
        "round-robin" => new RoundRobinSelection(),
        "least-latency" => LeastLatencySelection.Instance,
        "least-cost" => LeastCostSelection.Instance,
        "least-busy" => LeastBusySelection.Instance,
        Sticky => new StickySelection(by ?? AffinityKey.Session),
        _ => null,
    };

    public static string WordOf(AffinityKey key) => Keys.First(word => word.Value == key).Key;
}
