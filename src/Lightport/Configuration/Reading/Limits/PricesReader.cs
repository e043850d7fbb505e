using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Prices;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads a provider's <c>prices: { "gpt-4o*": { input: 2.5, output: 10 } }</c>: US dollars for a million tokens.
/// </summary>
internal static class PricesReader
{
    public const string Key = "prices";

    /// <summary>Who logs say that such a price is of.</summary>
    private const string Version = "configuration";

    private const NumberStyles Number =
        NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;

    private static readonly SectionKeys PriceKeys = new([.. RateWords.All, "tiers", .. ServiceWords.All]);
    private static readonly SectionKeys SheetKeys = new([.. RateWords.All, "tiers"]);
    private static readonly SectionKeys TierKeys = new(["above", .. RateWords.All]);

    public static PriceOverrides Read(Section provider)
    {
        if (provider.Find(Key) is not { } node)
        {
            return PriceOverrides.None;
        }

        string path = $"{provider.Path}.{Key}";
        var prices = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);
        foreach ((ScalarNode model, YamlNode value) in Section.Entries(node, path, provider.Errors))
        {
            if (Section.Read(value, $"{path}.{model.Value}", PriceKeys, provider.Errors) is { } price)
            {
                prices[model.Value] = Price(price);
            }
        }

        return new PriceOverrides(prices);
    }

    private static ModelPrice Price(Section section)
    {
        PriceSheet standard = Sheet(section, new Rates());
        var services = new Dictionary<string, PriceSheet>(StringComparer.Ordinal);
        foreach (string service in ServiceWords.All)
        {
            if (section.Find(service) is { } node
                && Section.Read(node, $"{section.Path}.{service}", SheetKeys, section.Errors) is { } sheet)
            {
                services[service] = Sheet(sheet, standard.Base);
            }
        }

        if (section.Find(RateWords.Input) is null && section.Find(RateWords.Output) is null)
        {
            section.Errors.Add(
                section.At, $"{section.Path} needs 'input' or 'output', in US dollars for a million tokens.");
        }

        return new ModelPrice(standard, Version) { Services = services };
    }

    /// <param name="standard">Whose fees hold where nothing else is said: they are for no tokens.</param>
    private static PriceSheet Sheet(Section section, Rates standard)
    {
        Rates rates = WithFees(RatesIn(section), standard);
        var tiers = new List<PriceTier>();
        string path = $"{section.Path}.tiers";
        foreach (YamlNode item in Section.Items(section.Find("tiers"), path, section.Errors))
        {
            if (Section.Read(item, path, TierKeys, section.Errors) is { } tier && Above(tier, tiers) is { } above)
            {
                tiers.Add(new PriceTier(above, WithFees(RatesIn(tier), rates)));
            }
        }

        return new PriceSheet(rates) { Tiers = tiers };
    }

    private static Rates WithFees(Rates rates, Rates standard) => rates with
    {
        Request = rates.Request ?? standard.Request,
        Search = rates.Search ?? standard.Search,
    };

    private static int? Above(Section tier, List<PriceTier> before)
    {
        int lowest = before.Count > 0 ? (int)before[^1].Above : 0;
        if (int.TryParse(tier.Text("above"), NumberStyles.None, CultureInfo.InvariantCulture, out int above)
            && above > lowest)
        {
            return above;
        }

        tier.Errors.Add(
            tier.Find("above") ?? tier.At,
            $"{tier.Path} needs 'above', a number of tokens of the prompt over {lowest}.");
        return null;
    }

    private static Rates RatesIn(Section section)
    {
        var rates = new Rates();
        foreach (string word in RateWords.All)
        {
            if (section.Text(word) is not { } text)
            {
                continue;
            }

            string? complaint = !decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out decimal value)
                ? "must be a number of US dollars for a million tokens, as in 2.50"
                : RateWords.Complaint(value);
            if (complaint is not null)
            {
                section.Errors.Add(section.Find(word)!, $"{section.Path}.{word} {complaint}.");
            }
            else
            {
                rates = RateWords.With(rates, word, value)!;
            }
        }

        return rates;
    }
}
