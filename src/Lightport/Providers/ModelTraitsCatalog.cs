using System.IO.Enumeration;

namespace Lightport.Providers;

/// <summary>What is known of model families, by the names that vendors and resellers give them.</summary>
/// <param name="entries">In the order of their file.</param>
public sealed class ModelTraitsCatalog(IReadOnlyList<ModelTraits> entries)
{
    private const string File = "model-traits.json";

    // Stable, so that of two equally specific entries the later one is merged last and wins.
    private readonly ModelTraits[] _entries = [.. entries.OrderBy(Specificity)];

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

    /// <summary>What holds for a model at a provider: the provider's rules first, then those of the model's family.</summary>
    public ModelTraits Resolve(Provider provider, string model)
    {
        ModelTraits family = Find(model) ?? new ModelTraits(model) { Source = provider.Source };
        return family with { Parameters = ParameterRulesMerger.ProviderFirst(provider.Parameters, family.Parameters) };
    }

    private static int Specificity(ModelTraits entry) => entry.Match.Count(c => c != '*');

    private static ModelTraits Merge(ModelTraits general, ModelTraits special) => special with
    {
        MaxOutputTokens = special.MaxOutputTokens ?? general.MaxOutputTokens,
        Thinking = special.Thinking ?? general.Thinking,
        StructuredOutput = special.StructuredOutput ?? general.StructuredOutput,
        Sampling = special.Sampling ?? general.Sampling,
        Parameters = ParameterRulesMerger.SpecialOverGeneral(general.Parameters, special.Parameters),
    };
}
