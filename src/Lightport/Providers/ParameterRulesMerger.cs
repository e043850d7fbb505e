namespace Lightport.Providers;

/// <summary>Puts two sets of rules together, dialect by dialect.</summary>
internal static class ParameterRulesMerger
{
    /// <summary>
    /// A field that both speak of follows the special rule alone; where that is <see cref="ParameterAction.Keep"/>,
    /// none.
    /// </summary>
    public static IReadOnlyDictionary<string, ParameterRules> SpecialOverGeneral(
        IReadOnlyDictionary<string, ParameterRules> general,
        IReadOnlyDictionary<string, ParameterRules> special) =>
        Merge(general, special, (below, above) =>
            [.. below.Where(rule => !above.Any(other => other.Field == rule.Field)), .. above]);

    /// <summary>
    /// The provider's rules, then the family's. The provider has the last word on its wire: a family's rule may not
    /// rename a field into one that the provider does not take.
    /// </summary>
    public static IReadOnlyDictionary<string, ParameterRules> ProviderFirst(
        IReadOnlyDictionary<string, ParameterRules> provider,
        IReadOnlyDictionary<string, ParameterRules> family) =>
        Merge(provider, family, (below, above) =>
            [.. below, .. above.Where(rule => !below.Any(other => Refuses(other, rule.NewName)))]);

    private static bool Refuses(ParameterRule rule, string? field) =>
        rule.Field == field
        && rule.Action is ParameterAction.Rename or ParameterAction.Drop or ParameterAction.Reject;

    private static IReadOnlyDictionary<string, ParameterRules> Merge(
        IReadOnlyDictionary<string, ParameterRules> below,
        IReadOnlyDictionary<string, ParameterRules> above,
        Func<IReadOnlyList<ParameterRule>, IReadOnlyList<ParameterRule>, IReadOnlyList<ParameterRule>> join)
    {
        if (above.Count == 0)
        {
            return below;
        }

        var merged = new Dictionary<string, ParameterRules>(below, StringComparer.Ordinal);
        foreach ((string dialect, ParameterRules rules) in above)
        {
            ParameterRules first = below.GetValueOrDefault(dialect, ParameterRules.None);
            merged[dialect] = new ParameterRules(join(first.Rules, rules.Rules));
        }

        return merged;
    }
}
