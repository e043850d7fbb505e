namespace Lightport.Routing.Rules;

/// <summary>A configuration's rules in their order, of which the first that a request meets counts.</summary>
internal sealed class RuleList
{
    public RuleList(IReadOnlyList<RouteRule> all)
    {
        All = all;
        ReadsMetadata = all.Any(rule => rule.Condition.Reads.Any(read => read.Variable == RuleLanguage.Metadata));
        ReadsSpend = all.Any(rule => rule.Condition.Reads.Any(
            read => read.Path.StartsWith("key.spend", StringComparison.Ordinal)));
    }

    public static RuleList None { get; } = new([]);

    public IReadOnlyList<RouteRule> All { get; }

    public bool IsEmpty => All.Count == 0;

    /// <summary>What keys have spent decides, so that it must be added up.</summary>
    public bool ReadsSpend { get; }

    /// <summary>What clients say in <c>x-lightport-metadata</c> decides, so that it must be sound.</summary>
    public bool ReadsMetadata { get; }
}
