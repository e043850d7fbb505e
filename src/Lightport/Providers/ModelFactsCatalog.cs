namespace Lightport.Providers;

/// <summary>What models can do, by provider.</summary>
internal sealed class ModelFactsCatalog
{
    private readonly ModelTables<ModelFacts> _tables =
        new("model-facts/", static (file, json) => ModelFactsFile.Parse(file, json));

    /// <summary>The ids of the providers of whose models something is known.</summary>
    public IReadOnlyCollection<string> Providers => _tables.Providers;

    /// <summary>What is known of a model; null where it is not known at all.</summary>
    /// <param name="provider">The provider's id in the catalog.</param>
    /// <param name="model">The model's name there.</param>
    public ModelFacts? Find(string provider, string model) => _tables.Of(provider).Find(model);

    /// <summary>All that is known of one provider's models.</summary>
    public ModelTable<ModelFacts> Of(string provider) => _tables.Of(provider);
}
