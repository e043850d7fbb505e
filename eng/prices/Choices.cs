using System.Text.Json;
using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.PriceTables;

/// <summary>
/// What vendors' own pages say where the tables are wrong, or know nothing: whole prices of models, and rates that hold
/// for all models of a provider.
/// </summary>
internal sealed class Choices
{
    private readonly Dictionary<string, ModelTable<PriceHistory>> _models = [];
    private readonly Dictionary<string, Rates> _everywhere = [];

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
                _models[provider] = PriceFile.Parse("choices.json", System.Text.Encoding.UTF8.GetBytes(file)).Models;
            }
        }
    }

    public IEnumerable<string> ModelsOf(string provider) =>
        _models.TryGetValue(provider, out ModelTable<PriceHistory>? models) ? models.Models.Keys : [];

    /// <summary>The whole of what a model costs; null where the tables say it.</summary>
    public PriceHistory? Find(string provider, string model) =>
        _models.TryGetValue(provider, out ModelTable<PriceHistory>? models)
            ? models.Models.GetValueOrDefault(model)
            : null;

    /// <summary>Rates that hold for all models of a provider where nothing else is said.</summary>
    public Rates? Everywhere(string provider) => _everywhere.GetValueOrDefault(provider);
}
