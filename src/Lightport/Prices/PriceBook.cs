using Lightport.Providers;

namespace Lightport.Prices;

/// <summary>What models cost at the catalog's providers; nothing is read of one before it is asked for.</summary>
internal sealed class PriceBook
{
    private readonly ModelTables<PriceHistory> _builtIn =
        new("prices/", static (file, json) => PriceFile.Parse(file, json).Models);

    /// <summary>The ids of the providers of whose models a price is known.</summary>
    public IReadOnlyCollection<string> Providers => _builtIn.Providers;

    /// <summary>What a model costs at a moment; null where that is unknown.</summary>
    /// <param name="provider">The provider's id in the catalog.</param>
    /// <param name="model">The model's name there.</param>
    public ModelPrice? Find(string provider, string model, DateTimeOffset moment) =>
        _builtIn.Of(provider).Find(model)?.At(moment);

    /// <summary>All that is known of one provider's models.</summary>
    public ModelTable<PriceHistory> Of(string provider) => _builtIn.Of(provider);
}
