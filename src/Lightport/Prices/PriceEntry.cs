using System.Globalization;
using Lightport.Providers;

namespace Lightport.Prices;

/// <summary>Reads one price: <c>{ "from": "x", "input": 5, "output": 25, "tiers": [ … ], "flex": { … } }</c>.</summary>
internal static class PriceEntry
{
    private static readonly string[] EntryKeys =
        ["from", "since", "tiers", "regions", .. ServiceWords.All, .. RateWords.All];

    private static readonly string[] SheetKeys = [.. RateWords.All, "tiers"];
    private static readonly string[] TierKeys = ["above", .. RateWords.All];

    /// <param name="sources">What <c>from</c> may name, with the date of each.</param>
    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static ModelPrice Read(ref StrictJsonReader reader, IReadOnlyDictionary<string, string> sources)
    {
        var rates = new Rates();
        IReadOnlyList<PriceTier> tiers = [];
        var services = new Dictionary<string, PriceSheet>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, PriceSheet> regions = new Dictionary<string, PriceSheet>();
        DateOnly? since = null;
        string? from = null;
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "from": from = Source(ref reader, sources); break;
                case "since": since = Day(ref reader); break;
                case "tiers": tiers = Tiers(ref reader); break;
                case "regions": regions = Regions(ref reader); break;
                case var service when ServiceWords.All.Contains(service): services[service] = Sheet(ref reader); break;
                default: rates = Rate(ref reader, rates, key) ?? throw reader.UnknownKey(EntryKeys); break;
            }
        }

        return new ModelPrice(new PriceSheet(rates) { Tiers = tiers }, from ?? throw reader.Missing("from"))
        {
            Since = since,
            Services = services,
            Regions = regions,
        };
    }

    private static string Source(ref StrictJsonReader reader, IReadOnlyDictionary<string, string> sources)
    {
        string source = reader.String();
        return sources.TryGetValue(source, out string? date)
            ? $"{source} {date}"
            : throw reader.Error($"must be one of the file's sources: {string.Join(", ", sources.Keys)}");
    }

    private static DateOnly Day(ref StrictJsonReader reader) =>
        DateOnly.TryParseExact(reader.String(), "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out DateOnly day)
            ? day
            : throw reader.Error("must be a day, as in 2026-09-01");

    private static PriceSheet Sheet(ref StrictJsonReader reader)
    {
        var rates = new Rates();
        IReadOnlyList<PriceTier> tiers = [];
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            if (key == "tiers")
            {
                tiers = Tiers(ref reader);
            }
            else
            {
                rates = Rate(ref reader, rates, key) ?? throw reader.UnknownKey(SheetKeys);
            }
        }

        return new PriceSheet(rates) { Tiers = tiers };
    }

    private static List<PriceTier> Tiers(ref StrictJsonReader reader)
    {
        var tiers = new List<PriceTier>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            PriceTier tier = Tier(ref reader);
            if (tiers.Count > 0 && tier.Above <= tiers[^1].Above)
            {
                throw reader.Error("must have the tiers from short prompts to long ones");
            }

            tiers.Add(tier);
        }

        return tiers;
    }

    private static PriceTier Tier(ref StrictJsonReader reader)
    {
        int? above = null;
        var rates = new Rates();
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            if (key == "above")
            {
                above = reader.Integer() is > 0 and var tokens ? tokens : throw reader.Error("must be above zero");
            }
            else
            {
                rates = Rate(ref reader, rates, key) ?? throw reader.UnknownKey(TierKeys);
            }
        }

        return new PriceTier(above ?? throw reader.Missing("above"), rates);
    }

    /// <summary>Keys are regions' names, several of them with commas between.</summary>
    private static Dictionary<string, PriceSheet> Regions(ref StrictJsonReader reader)
    {
        var regions = new Dictionary<string, PriceSheet>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string names))
        {
            PriceSheet sheet = Sheet(ref reader);
            foreach (string name in names.Split(','))
            {
                regions[name] = sheet;
            }
        }

        return regions;
    }

    private static Rates? Rate(ref StrictJsonReader reader, Rates rates, string word)
    {
        if (!RateWords.All.Contains(word))
        {
            return null;
        }

        decimal value = reader.Decimal();
        return RateWords.Complaint(value) is { } complaint
            ? throw reader.Error(complaint)
            : RateWords.With(rates, word, value);
    }
}
