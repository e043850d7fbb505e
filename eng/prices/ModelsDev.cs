using System.Text.Json;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>models.dev (https://github.com/anomalyco/models.dev): what models cost, and what they can do.</summary>
internal sealed class ModelsDev(string folder) : ITable
{
    private readonly JsonElement _providers = DataFile.Read(Path.Combine(folder, "models.dev.api.json"));
    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> _models = [];

    public string Name => "models.dev";

    public IEnumerable<string> ModelsOf(string provider) => ModelsIn(provider).Keys;

    public PriceHistory? Find(string provider, string model) =>
        Entry(provider, model) is { } entry && entry.At("cost") is { } cost && Sheet(cost, model) is { } sheet
            ? new PriceHistory([new ModelPrice(sheet, Name) { Services = Services(entry, model) }])
            : null;

    /// <summary>All that the table has of a model; null where it has nothing.</summary>
    public JsonElement? Entry(string provider, string model) =>
        ModelsIn(provider).TryGetValue(model, out JsonElement entry) ? entry : null;

    private IReadOnlyDictionary<string, JsonElement> ModelsIn(string provider)
    {
        if (!_models.TryGetValue(provider, out IReadOnlyDictionary<string, JsonElement>? models))
        {
            _models[provider] = models = Names.Of(Name, provider)
                .Select(name => _providers.At(name, "models"))
                .OfType<JsonElement>()
                .SelectMany(all => all.EnumerateObject())
                .DistinctBy(model => model.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(model => model.Name, model => model.Value, StringComparer.OrdinalIgnoreCase);
        }

        return models;
    }

    private static PriceSheet? Sheet(JsonElement cost, string model) => Dollars.Believed(
        new PriceSheet(RatesIn(cost, model))
        {
            Tiers = [.. (cost.At("tiers")?.EnumerateArray() ?? [])
                .Select(tier => new PriceTier(tier.At("tier", "size")!.Value.GetInt32(), RatesIn(tier, model)))
                .OrderBy(tier => tier.Above)],
        });

    private static Rates RatesIn(JsonElement cost, string model) => new()
    {
        Input = Dollars.Rate(cost.At("input").Number(), model),
        CacheRead = Dollars.Rate(cost.At("cache_read").Number(), model),
        CacheWrite = Dollars.Rate(cost.At("cache_write").Number(), model),
        InputAudio = Dollars.Rate(cost.At("input_audio").Number(), model),
        Output = Dollars.Rate(cost.At("output").Number(), model),
        Reasoning = cost.At("reasoning").Number() == cost.At("output").Number()
            ? null
            : Dollars.Rate(cost.At("reasoning").Number(), model),
        OutputAudio = Dollars.Rate(cost.At("output_audio").Number(), model),
    };

    /// <summary>Modes are told by the fields of a request that ask for them.</summary>
    private static Dictionary<string, PriceSheet> Services(JsonElement entry, string model)
    {
        var services = new Dictionary<string, PriceSheet>();
        foreach (JsonProperty mode in entry.At("experimental", "modes")?.EnumerateObject() ?? [])
        {
            string? service = mode.Value.At("provider", "body", "service_tier")?.GetString()
                ?? mode.Value.At("provider", "body", "speed")?.GetString();
            if (ServiceWords.All.Contains(service)
                && mode.Value.At("cost") is { } cost
                && Sheet(cost, model) is { } sheet)
            {
                services[service!] = sheet;
            }
        }

        return services;
    }
}
