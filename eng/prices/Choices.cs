using System.Text.Json;
using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.PriceTables;

/// <summary>
/// What vendors' own pages say where the tables are wrong, or know nothing: whole prices of models, rates that hold for
/// all models of a provider, what their addresses in a region cost more, and where a price is that of texts alone.
/// </summary>
internal sealed class Choices
{
    private readonly Dictionary<string, Dictionary<string, PriceHistory>> _models = [];
    private readonly Dictionary<string, Rates> _everywhere = [];
    private readonly Dictionary<string, RegionRise> _rises = [];
    private readonly Dictionary<string, CalledOff> _calledOff = [];
    private readonly Dictionary<string, HashSet<string>> _ofTextAlone = [];
    private readonly Dictionary<string, List<UnknownAbove>> _unknownAbove = [];

    public Choices()
    {
        foreach (JsonElement choice in DataFile.Embedded("choices.json").EnumerateArray())
        {
            string provider = choice.GetProperty("provider").GetString()!;
            if (choice.At("all") is { } rates)
            {
                _everywhere[provider] = rates.EnumerateObject().Aggregate(
                    new Rates(), (all, rate) => RateWords.With(all, rate.Name, rate.Value.GetDecimal())!);
            }

            if (choice.At("models") is { } models)
            {
                string file = $$"""
                    {"provider":"{{provider}}","sources":{"choices":"{{Names.DayOf("choices")}}"},"models":{{models}}}
                    """;
                Add(provider, PriceFile.Parse("choices.json", System.Text.Encoding.UTF8.GetBytes(file)).Models);
            }

            if (choice.At("called-off") is { } price)
            {
                _calledOff.Add(provider, CalledOff.Read(price));
            }

            if (choice.At("of-text-alone") is { } names)
            {
                _ofTextAlone.Add(provider, [.. names.EnumerateArray().Select(name => name.GetString()!)]);
            }

            if (choice.At("unknown-above") is { } edge)
            {
                _unknownAbove.TryAdd(provider, []);
                _unknownAbove[provider].Add(UnknownAbove.Read(edge));
            }

            if (choice.At("in-regions") is { } rise)
            {
                _rises[provider] = RegionRise.Read(rise);
            }
        }
    }

    public IEnumerable<string> ModelsOf(string provider) =>
        _models.TryGetValue(provider, out Dictionary<string, PriceHistory>? models) ? models.Keys : [];

    /// <summary>The whole of what a model costs, by any of its dates; null where the tables say it.</summary>
    public PriceHistory? Find(string provider, string model) =>
        _models.TryGetValue(provider, out Dictionary<string, PriceHistory>? models)
            ? models.GetValueOrDefault(model)
                ?? (ModelName.WithoutSnapshot(model) is { } family ? models.GetValueOrDefault(family) : null)
            : null;

    /// <summary>What a provider's addresses in a region cost more; null where nothing is said.</summary>
    public RegionRise? RiseOf(string provider) => _rises.GetValueOrDefault(provider);

    /// <summary>Whether what the tables say of a model's output holds for texts, and not for its pictures.</summary>
    public bool IsOfTextAlone(string provider, string model) =>
        _ofTextAlone.TryGetValue(provider, out HashSet<string>? models) && models.Contains(model);

    /// <summary>What the tables say of a model, for prompts that it is known for.</summary>
    public PriceHistory WithoutLongPrompts(string provider, string model, PriceHistory history) =>
        _unknownAbove.TryGetValue(provider, out List<UnknownAbove>? edges)
            ? edges.Aggregate(history, (known, edge) => edge.Of(model, known))
            : history;

    /// <summary>What a table says of a model, without a price that will not come.</summary>
    public PriceHistory WithoutCalledOff(string provider, string model, PriceHistory history) =>
        _calledOff.TryGetValue(provider, out CalledOff? price) ? price.Without(model, history) : history;

    /// <summary>Rates that hold for all models of a provider where nothing else is said.</summary>
    public Rates? Everywhere(string provider) => _everywhere.GetValueOrDefault(provider);

    /// <summary>A provider may have a choice for each page.</summary>
    private void Add(string provider, ModelTable<PriceHistory> table)
    {
        _models.TryAdd(provider, []);
        foreach ((string model, PriceHistory price) in table.Models)
        {
            _models[provider].Add(model, price);
        }
    }
}
