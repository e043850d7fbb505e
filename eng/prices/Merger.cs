using System.Globalization;
using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.PriceTables;

/// <summary>
/// Makes one price of what several tables say. What most of them say of input and output is taken, else what the first
/// says; the other classes are filled in only from tables that agree on those two, for they speak of the same price.
/// </summary>
/// <param name="tables">The most trusted first.</param>
/// <param name="today">The day of the tables.</param>
internal sealed class Merger(IReadOnlyList<ITable> tables, Choices choices, DateTimeOffset today)
{
    private readonly List<Disagreement> _disagreements = [];

    public IReadOnlyList<Disagreement> Disagreements => _disagreements;

    /// <summary>What a model costs; null where no table has a price.</summary>
    public PriceHistory? Price(string provider, string model)
    {
        if (Everywhere(provider, model) is not { } history)
        {
            return null;
        }

        if (choices.IsOfTextAlone(provider, model))
        {
            Offer[] offers = [.. Offers(provider, model)];
            Report(
                provider, model, "output", offers, offer => Offer.Text(offer.Now.Standard.Base.Output), "unknown",
                "the vendor's page: that is what texts cost, pictures more");
            history = TextAlone.Of(history);
        }

        history = choices.WithoutLongPrompts(provider, model, history);
        return choices.RiseOf(provider) is { } rise
            ? new PriceHistory([.. history.Prices.Select(price => rise.Of(model, price))])
            : history;
    }

    private PriceHistory? Everywhere(string provider, string model)
    {
        Offer[] offers = [.. Offers(provider, model)];
        if (choices.Find(provider, model) is { } chosen)
        {
            string price = Offer.Summary(chosen.At(today)!);
            Report(provider, model, "price", offers, offer => Offer.Summary(offer.Now), price, "the vendor's page");
            return chosen;
        }

        if (offers.Length == 0)
        {
            return null;
        }

        Offer[] agreeing = [.. MostOf(offers, offer => Offer.Summary(offer.Now))];
        Report(
            provider, model, "input/output", offers, offer => Offer.Summary(offer.Now), Offer.Summary(agreeing[0].Now),
            Why(agreeing.Length));
        ModelPrice now = Together(provider, model, agreeing);
        return new PriceHistory([.. agreeing[0].History.Prices.Select(
            price => WithEverywhere(provider, ReferenceEquals(price, agreeing[0].Now) ? now : price))]);
    }

    private IEnumerable<Offer> Offers(string provider, string model)
    {
        foreach (ITable table in tables)
        {
            if (Find(table, provider, model) is not { } told)
            {
                continue;
            }

            PriceHistory history = choices.WithoutCalledOff(provider, model, told);
            if (history.At(today) is { } now)
            {
                yield return new Offer(table.Name, history, now);
            }
        }
    }

    /// <summary>A table that has no price of a snapshot has its model's.</summary>
    private static PriceHistory? Find(ITable table, string provider, string model) =>
        table.Find(provider, model)
        ?? (ModelName.WithoutSnapshot(model) is { } family ? table.Find(provider, family) : null);

    private ModelPrice Together(string provider, string model, Offer[] agreeing)
    {
        PriceSheet standard = Sheet(provider, model, "", [.. agreeing.Select(offer => (offer, offer.Now.Standard))]);
        var services = new Dictionary<string, PriceSheet>();
        foreach (string service in ServiceWords.All)
        {
            (Offer, PriceSheet)[] sheets = [.. agreeing
                .Where(offer => offer.Now.Services.ContainsKey(service))
                .Select(offer => (offer, offer.Now.Services[service]))];
            if (sheets.Length > 0)
            {
                services[service] = Sheet(provider, model, service + " ", sheets);
            }
        }

        return agreeing[0].Now with
        {
            Standard = standard,
            Services = services,
            Regions = agreeing
                .SelectMany(offer => offer.Now.Regions)
                .Where(region => Offer.Summary(region.Value.Base) != Offer.Summary(standard.Base))
                .ToDictionary(),
        };
    }

    private PriceSheet Sheet(string provider, string model, string service, (Offer Offer, PriceSheet Sheet)[] all)
    {
        Offer[] offers = [.. all.Select(one => one.Offer)];
        Dictionary<Offer, PriceSheet> sheets = all.ToDictionary(one => one.Offer, one => one.Sheet);
        var rates = new Rates();
        foreach (string word in RateWords.All)
        {
            Offer[] said = [.. offers.Where(offer => RateWords.Of(sheets[offer].Base, word) is not null)];
            if (said.Length > 0)
            {
                string Value(Offer offer) => Text(RateWords.Of(sheets[offer].Base, word)!.Value);
                Offer[] most = [.. MostOf(said, Value)];
                rates = RateWords.With(rates, word, RateWords.Of(sheets[most[0]].Base, word)!.Value)!;
                Report(provider, model, service + word, said, Value, Value(most[0]), Why(most.Length));
            }
        }

        string Edges(Offer offer) => string.Join(", ", sheets[offer].Tiers.Select(tier => $"above {tier.Above}"));
        Offer[] tiered = [.. MostOf(offers, Edges)];
        Report(
            provider, model, service + "tiers", offers, offer => Edges(offer) is "" ? "none" : Edges(offer),
            Edges(tiered[0]) is "" ? "none" : Edges(tiered[0]), Why(tiered.Length));
        return new PriceSheet(rates)
        {
            Tiers = [.. sheets[tiered[0]].Tiers.Select((tier, index) => tier with
            {
                Rates = tiered.Skip(1).Aggregate(
                    tier.Rates with { Search = tier.Rates.Search ?? rates.Search },
                    (filled, offer) => Filled(filled, sheets[offer].Tiers[index].Rates)),
            })],
        };
    }

    private ModelPrice WithEverywhere(string provider, ModelPrice price)
    {
        if (choices.Everywhere(provider) is not { } rates)
        {
            return price;
        }

        PriceSheet All(PriceSheet sheet) => new(Filled(sheet.Base, rates))
        {
            Tiers = [.. sheet.Tiers.Select(tier => tier with { Rates = Filled(tier.Rates, rates) })],
        };
        return price with
        {
            Standard = All(price.Standard),
            Services = price.Services.ToDictionary(service => service.Key, service => All(service.Value)),
            Regions = price.Regions.ToDictionary(region => region.Key, region => All(region.Value)),
        };
    }

    /// <summary>The largest group that says the same; of groups as large, the one with the most trusted.</summary>
    private static IGrouping<TKey, Offer> MostOf<TKey>(IEnumerable<Offer> offers, Func<Offer, TKey> said) =>
        offers.GroupBy(said).OrderByDescending(group => group.Count()).First();

    private static string Why(int count) => count > 1 ? "most say so" : "first of those that do not agree";

    private static Rates Filled(Rates rates, Rates others) => RateWords.All
        .Where(word => RateWords.Of(rates, word) is null && RateWords.Of(others, word) is not null)
        .Aggregate(rates, (filled, word) => RateWords.With(filled, word, RateWords.Of(others, word)!.Value)!);

    private void Report(
        string provider, string model, string what, Offer[] offers, Func<Offer, string> said, string chosen, string why)
    {
        if (offers.Any(offer => said(offer) != chosen))
        {
            _disagreements.Add(new Disagreement(
                provider, model, what, [.. offers.Select(offer => (offer.Source, said(offer)))], chosen, why));
        }
    }

    private static string Text(decimal value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
