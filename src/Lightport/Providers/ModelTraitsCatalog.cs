using System.Collections.Concurrent;
using System.IO.Enumeration;
using System.Runtime.CompilerServices;

namespace Lightport.Providers;

/// <summary>What is known of model families, by the names that vendors and resellers give them.</summary>
/// <param name="entries">In the order of their file.</param>
public sealed class ModelTraitsCatalog(IReadOnlyList<ModelTraits> entries)
{
    private const string File = "model-traits.json";

    /// <summary>Clients choose the names, so that what is remembered of a provider must have an end.</summary>
    private const int MostRemembered = 1024;

    // Stable, so that of two equally specific entries the later one is merged last and wins.
    private readonly ModelTraits[] _entries = [.. entries.OrderBy(Specificity)];

    // By reference and weakly: a provider of a configuration that is gone takes its models along.
    private readonly ConditionalWeakTable<Provider, ConcurrentDictionary<string, ModelTraits>> _resolved = [];

    public IReadOnlyList<ModelTraits> Entries { get; } = entries;

    /// <summary>The entries that are built into this assembly.</summary>
    /// <exception cref="InvalidDataException">The file breaks the format; the message names the key.</exception>
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
    /// What holds for a model at a provider: the family's traits over the provider's, the provider's rules before the
    /// family's. Made once and remembered, so that every request may ask.
    /// </summary>
    public ModelTraits Resolve(Provider provider, string model)
    {
        ConcurrentDictionary<string, ModelTraits> resolved =
            _resolved.GetValue(provider, _ => new(StringComparer.Ordinal));
        if (resolved.TryGetValue(model, out ModelTraits? traits))
        {
            return traits;
        }

        ModelTraits? family = Find(model);
        traits = (family ?? new ModelTraits(model) { Source = provider.Source }) with
        {
            Traits = (family?.Traits ?? Traits.Unsaid).Over(provider.Traits),
            Parameters = family is null
                ? provider.Parameters
                : ParameterRulesMerger.ProviderFirst(provider.Parameters, family.Parameters),
        };
        if (resolved.Count < MostRemembered)
        {
            resolved.TryAdd(model, traits);
        }

        return traits;
    }

    private static int Specificity(ModelTraits entry) => entry.Match.Count(c => c != '*');

    private static ModelTraits Merge(ModelTraits general, ModelTraits special) => special with
    {
        Traits = special.Traits.Over(general.Traits),
        Parameters = ParameterRulesMerger.SpecialOverGeneral(general.Parameters, special.Parameters),
    };
}
