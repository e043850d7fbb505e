using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;

namespace Lightport.Providers;

/// <summary>What is known of model families, by the names that vendors and resellers give them.</summary>
/// <param name="entries">In the order of their file.</param>
internal sealed class ModelTraitsCatalog(IReadOnlyList<ModelTraits> entries)
{
    private const string File = "model-traits.json";

    /// <summary>Clients choose the names, so that what is remembered of an endpoint must have an end.</summary>
    private const int MostRemembered = 1024;

    // Stable, so that of two equally specific entries the later one is merged last and wins.
    private readonly ModelTraits[] _entries = [.. entries.OrderBy(Specificity)];

    // By reference and weakly: an endpoint of a configuration that is gone takes its models along.
    private readonly ConditionalWeakTable<ProviderEndpoint, ConcurrentDictionary<string, EndpointModel>> _resolved = [];

    public IReadOnlyList<ModelTraits> Entries { get; } = entries;

    /// <summary>The entries that are built into this assembly.</summary>
    /// <exception cref="DataFileException">The file breaks the format; the message names the key.</exception>
    public static ModelTraitsCatalog Load() => new(ModelTraitsFile.Parse(File, EmbeddedFile.Read(File)));

    /// <summary>
    /// What is known of a model: all entries whose pattern matches, merged, the more specific ones over the others.
    /// Null where there is none.
    /// </summary>
    /// <param name="model">The provider's name for it, with whatever prefixes (<c>us.anthropic.claude-…</c>).</param>
    public ModelTraits? Find(string model)
    {
        string name = ModelName.Normalize(model);
        ModelTraits? found = null;
        foreach (ModelTraits entry in _entries)
        {
            if (FileSystemName.MatchesSimpleExpression(entry.Match, name, ignoreCase: false))
            {
                found = found is null ? entry : Merge(found, entry);
            }
        }

        return found;
    }

    /// <summary>
    /// What holds for a model at an endpoint: the family's traits over the endpoint's, the endpoint's rules before the
    /// family's. Made once and remembered, so that every request may ask.
    /// </summary>
    /// <param name="dialect">What the endpoint speaks.</param>
    public EndpointModel Resolve(ProviderEndpoint endpoint, string dialect, string model)
    {
        ConcurrentDictionary<string, EndpointModel> resolved =
            _resolved.GetValue(endpoint, _ => new(StringComparer.Ordinal));
        if (resolved.TryGetValue(model, out EndpointModel? known))
        {
            return known;
        }

        ModelTraits? family = Find(model);
        known = family is null
            ? new EndpointModel(endpoint.Traits, endpoint.Parameters)
            : new EndpointModel(
                family.Traits.Over(endpoint.Traits),
                ParameterRulesMerger.EndpointFirst(
                    endpoint.Parameters, family.Parameters.GetValueOrDefault(dialect, ParameterRules.None)));
        if (resolved.Count < MostRemembered)
        {
            resolved.TryAdd(model, known);
        }

        return known;
    }

    private static int Specificity(ModelTraits entry) => entry.Match.Count(c => c != '*');

    private static ModelTraits Merge(ModelTraits general, ModelTraits special) => special with
    {
        Traits = special.Traits.Over(general.Traits),
        Parameters = ParameterRulesMerger.SpecialOverGeneral(general.Parameters, special.Parameters),
    };
}
