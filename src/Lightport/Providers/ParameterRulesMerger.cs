namespace Lightport.Providers;

/// <summary>Puts two sets of rules together.</summary>
internal static class ParameterRulesMerger
{
    /// <summary>
    /// A field that both speak of follows the special rule alone; where that is <see cref="ParameterAction.Keep"/>,
    /// none.
    /// </summary>
    public static IReadOnlyDictionary<string, ParameterRules> SpecialOverGeneral(
        IReadOnlyDictionary<string, ParameterRules> general,
        IReadOnlyDictionary<string, ParameterRules> special)
    {
        if (special.Count == 0)
        {
            return general;
        }

        var merged = new Dictionary<string, ParameterRules>(general, StringComparer.Ordinal);
        foreach ((string dialect, ParameterRules above) in special)
        {
            ParameterRules below = general.GetValueOrDefault(dialect, ParameterRules.None);
            merged[dialect] = new ParameterRules(
            [
                .. below.Rules.Where(rule => !above.Rules.Any(other => other.Field == rule.Field)),
                .. above.Rules,
            ]);
        }

        return merged;
    }

    /// <summary>
    /// The endpoint's rules, then the family's. The endpoint has the last word on its wire: a family's rule may not
    /// rename a field into one that the endpoint does not take.
    /// </summary>
    public static ParameterRules EndpointFirst(ParameterRules endpoint, ParameterRules family) => new(
    [
        .. endpoint.Rules,
        .. family.Rules.Where(rule => !endpoint.Rules.Any(other => Refuses(other, rule.NewName))),
    ]);

    private static bool Refuses(ParameterRule rule, ParameterPath? field) =>
        field is not null
        && field.IsWithin(rule.Field)
        && rule.Action is ParameterAction.Rename or ParameterAction.Drop or ParameterAction.Reject;
}
