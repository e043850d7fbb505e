using Lightport.Providers;

namespace Lightport.Prices;

/// <summary>
/// A provider's prices as a file has them: its sources with their dates, and a line for each model, which is a price, a
/// list of prices that follow each other, or the name of another model that costs the same.
/// </summary>
/// <param name="Provider">The provider's id in the catalog.</param>
internal sealed record PriceFile(string Provider, ModelTable<PriceHistory> Models)
{
    private static readonly string[] FileKeys = ["provider", "sources", "models"];

    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static PriceFile Parse(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        PriceFile prices = Read(ref reader);
        reader.End();
        return prices;
    }

    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static PriceFile Read(ref StrictJsonReader reader)
    {
        string? provider = null;
        IReadOnlyDictionary<string, string>? sources = null;
        ModelTable<PriceHistory>? models = null;
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "provider": provider = reader.String(); break;
                case "sources": sources = reader.StringMap(); break;
                case "models":
                    models = ReadModels(ref reader, sources ?? throw reader.Error("stands before 'sources'"));
                    break;
                default: throw reader.UnknownKey(FileKeys);
            }
        }

        return new PriceFile(
            provider ?? throw reader.Missing("provider"), models ?? throw reader.Missing("models"));
    }

    private static ModelTable<PriceHistory> ReadModels(
        ref StrictJsonReader reader, IReadOnlyDictionary<string, string> sources)
    {
        var models = new Dictionary<string, PriceHistory>(StringComparer.OrdinalIgnoreCase);
        var same = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string model))
        {
            if (reader.IsString)
            {
                same[model] = reader.String();
            }
            else
            {
                models[model] = new PriceHistory(Prices(ref reader, sources));
            }
        }

        foreach ((string model, string other) in same)
        {
            models[model] = models.TryGetValue(other, out PriceHistory? price)
                ? price
                : throw reader.Error($"has '{model}', which names no model that has a price here");
        }

        return new ModelTable<PriceHistory>(models);
    }

    private static List<ModelPrice> Prices(ref StrictJsonReader reader, IReadOnlyDictionary<string, string> sources)
    {
        if (!reader.IsArray)
        {
            return [PriceEntry.Read(ref reader, sources)];
        }

        var prices = new List<ModelPrice>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            ModelPrice price = PriceEntry.Read(ref reader, sources);
            if (prices.Count > 0 && (price.Since is null || price.Since <= prices[^1].Since))
            {
                throw reader.Error("must have the prices in the order of their first days");
            }

            prices.Add(price);
        }

        return prices.Count > 0 ? prices : throw reader.Error("has no price");
    }
}
