using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>
/// Portkey's models (https://github.com/Portkey-AI/models): cents a token, with services, regions and tiers.
/// </summary>
internal sealed partial class Portkey(string folder) : ITable
{
    private const string Everywhere = "default";
    private const string Standard = "standard";

    private readonly Dictionary<string, IReadOnlyDictionary<string, JsonElement>> _files = [];

    public string Name => "portkey";

    /// <summary>A model that is listed apart for short prompts and long ones has its name without that.</summary>
    public IEnumerable<string> ModelsOf(string provider) => Names.Of(Name, provider)
        .SelectMany(name => File(name).Keys)
        .Select(model => PromptLength().Replace(model, ""))
        .Where(model => model != Everywhere)
        .Distinct();

    public PriceHistory? Find(string provider, string model)
    {
        foreach (IReadOnlyDictionary<string, JsonElement> file in Names.Of(Name, provider).Select(File))
        {
            ModelPrice? price = file.TryGetValue(model, out JsonElement entry) ? Price(entry, model)
                : ByPromptLength(file, model) is { } tiered ? new ModelPrice(tiered, Name)
                : null;
            if (price is not null)
            {
                return new PriceHistory([price]);
            }
        }

        return null;
    }

    private IReadOnlyDictionary<string, JsonElement> File(string name)
    {
        if (!_files.TryGetValue(name, out IReadOnlyDictionary<string, JsonElement>? file))
        {
            string path = Path.Combine(folder, "portkey", "pricing", name + ".json");
            IEnumerable<JsonProperty> models =
                System.IO.File.Exists(path) ? DataFile.Read(path).EnumerateObject() : [];
            _files[name] = file = models
                .DistinctBy(model => model.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(model => model.Name, model => model.Value, StringComparer.OrdinalIgnoreCase);
        }

        return file;
    }

    private ModelPrice? Price(JsonElement entry, string model)
    {
        if (entry.At("custom_pricing") is { } custom && Modes(custom, Everywhere, model) is { } modes
            && modes.Remove(Standard, out PriceSheet? standard))
        {
            return new ModelPrice(standard, Name) { Services = modes, Regions = Regions(custom, model) };
        }

        return entry.At("pricing_config", "pay_as_you_go") is { } rates && Sheet(rates, model) is { } sheet
            ? new ModelPrice(sheet, Name) { Services = Batch(entry, model) }
            : null;
    }

    private static Dictionary<string, PriceSheet> Batch(JsonElement entry, string model) =>
        entry.At("pricing_config", "batch_config") is { } rates && Sheet(rates, model) is { } sheet
            ? new() { [ServiceWords.Batch] = sheet }
            : [];

    private static Dictionary<string, PriceSheet> Regions(JsonElement custom, string model)
    {
        var regions = new Dictionary<string, PriceSheet>();
        foreach (JsonProperty region in custom.GetProperty("regions").EnumerateObject())
        {
            if (region.Name != Everywhere
                && Modes(custom, region.Name, model)?.GetValueOrDefault(Standard) is { } sheet)
            {
                regions[region.Name] = sheet;
            }
        }

        return regions;
    }

    private static Dictionary<string, PriceSheet>? Modes(JsonElement custom, string region, string model)
    {
        if (custom.At("regions", region, "execution_modes") is not { } all)
        {
            return null;
        }

        var modes = new Dictionary<string, PriceSheet>();
        foreach (JsonProperty mode in all.EnumerateObject())
        {
            if ((mode.Name == Standard || ServiceWords.All.Contains(mode.Name))
                && Mode(custom, mode.Value, model) is { } sheet)
            {
                modes[mode.Name] = sheet;
            }
        }

        return modes;
    }

    /// <summary>The map says from how many tokens on each tier is; what has none for the shortest is nothing.</summary>
    private static PriceSheet? Mode(JsonElement custom, JsonElement mode, string model)
    {
        if (mode.At("pricing_config", "pay_as_you_go") is { } flat)
        {
            return Sheet(flat, model);
        }

        var tiers = new SortedDictionary<int, Rates>();
        foreach (JsonProperty tier in custom.At("context_tier_map")?.EnumerateObject() ?? [])
        {
            if (mode.At("context_tiers", tier.Value.GetString()!, "pricing_config", "pay_as_you_go") is { } rates)
            {
                tiers[int.Parse(tier.Name)] = RatesIn(rates, model);
            }
        }

        return tiers.TryGetValue(0, out Rates? shortest)
            ? Dollars.Believed(new PriceSheet(shortest)
            {
                Tiers = [.. tiers.Skip(1).Select(tier => new PriceTier(tier.Key, tier.Value))],
            })
            : null;
    }

    private static PriceSheet? ByPromptLength(IReadOnlyDictionary<string, JsonElement> file, string model)
    {
        foreach (string length in new[] { "128k", "200k" })
        {
            if (file.TryGetValue($"{model}-lte-{length}", out JsonElement below)
                && file.TryGetValue($"{model}-gt-{length}", out JsonElement above)
                && below.At("pricing_config", "pay_as_you_go") is { } shorter
                && above.At("pricing_config", "pay_as_you_go") is { } longer)
            {
                return Dollars.Believed(new PriceSheet(RatesIn(shorter, model))
                {
                    Tiers = [new PriceTier(int.Parse(length[..^1]) * 1000, RatesIn(longer, model))],
                });
            }
        }

        return null;
    }

    private static PriceSheet? Sheet(JsonElement rates, string model) =>
        Dollars.Believed(new PriceSheet(RatesIn(rates, model)));

    private static Rates RatesIn(JsonElement rates, string model)
    {
        var read = new Rates
        {
            Input = Tokens(rates, model, "request_token"),
            CacheRead = Tokens(rates, model, "cache_read_input_token"),
            CacheWrite = Tokens(rates, model, "cache_write_input_token"),
            CacheWriteLong = Tokens(rates, model, "additional_units", "cache_write_1h"),
            InputAudio = Tokens(rates, model, "request_audio_token"),
            Output = Tokens(rates, model, "response_token"),
            Reasoning = Tokens(rates, model, "reasoning_token"),
            OutputAudio = Tokens(rates, model, "response_audio_token"),
            Search = Pieces(rates, model, "web_search") ?? Pieces(rates, model, "search"),
        };
        return read.Reasoning == read.Output ? read with { Reasoning = null } : read;
    }

    private static decimal? Tokens(JsonElement rates, string model, params ReadOnlySpan<string> path) =>
        Dollars.Rate(rates.At([.. path, "price"]).Number(), model, 10_000);

    private static decimal? Pieces(JsonElement rates, string model, string unit) =>
        Dollars.Rate(rates.At("additional_units", unit, "price").Number(), model, 0.01m);

    [GeneratedRegex("-(lte|gt)-(128|200)k$")]
    private static partial Regex PromptLength();
}
