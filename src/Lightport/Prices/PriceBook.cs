using Lightport.Providers;

namespace Lightport.Prices;

/// <summary>What models cost at the catalog's providers; nothing is read of one before it is asked for.</summary>
/// <param name="newer">Prices that are newer than the built-in ones, by provider.</param>
internal sealed class PriceBook(IReadOnlyDictionary<string, ModelTable<PriceHistory>> newer)
{
    private readonly ModelTables<PriceHistory> _builtIn =
        new("prices/", static (file, json) => PriceFile.Parse(file, json).Models);

    public PriceBook()
        : this(new Dictionary<string, ModelTable<PriceHistory>>())
    {
    }

    /// <summary>The ids of the providers of whose models a price is built in.</summary>
    public IReadOnlyCollection<string> Providers => _builtIn.Providers;

    /// <summary>The built-in prices, and a file of newer ones over them.</summary>
    /// <param name="json">A list of files as the built-in ones are, one for each provider.</param>
    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static PriceBook With(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        var newer = new Dictionary<string, ModelTable<PriceHistory>>(StringComparer.Ordinal);
        reader.EnterArray();
        while (reader.NextItem())
        {
            PriceFile prices = PriceFile.Read(ref reader);
            if (!newer.TryAdd(prices.Provider, prices.Models))
            {
                throw reader.Error($"has '{prices.Provider}' twice");
            }
        }

        reader.End();
        return new PriceBook(newer);
    }

    /// <summary>What a model costs at a moment; null where that is unknown.</summary>
    /// <param name="provider">The provider's id in the catalog.</param>
    /// <param name="model">The model's name there.</param>
    public ModelPrice? Find(string provider, string model, DateTimeOffset moment) =>
        newer.TryGetValue(provider, out ModelTable<PriceHistory>? models)
        && models.Find(model)?.At(moment) is { } price
            ? price
            : _builtIn.Of(provider).Find(model)?.At(moment);

    /// <summary>All that is built in of one provider's models.</summary>
    public ModelTable<PriceHistory> Of(string provider) => _builtIn.Of(provider);
}
