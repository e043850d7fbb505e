using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>genai-prices (https://github.com/pydantic/genai-prices): prices with days, by name patterns.</summary>
internal sealed partial class GenaiPrices(string folder) : ITable
{
    private readonly Dictionary<string, JsonElement> _providers = DataFile
        .Read(Path.Combine(folder, "genai-prices.data.json"))
        .EnumerateArray()
        .ToDictionary(provider => provider.GetProperty("id").GetString()!);

    public string Name => "genai-prices";

    public IEnumerable<string> ModelsOf(string provider) => ModelsIn(provider)
        .SelectMany(model => NamesIn(model.GetProperty("match")).Prepend(model.GetProperty("id").GetString()!));

    public PriceHistory? Find(string provider, string model) =>
        Entry(provider, model) is { } entry ? History(entry.GetProperty("prices"), model) : null;

    /// <summary>What the table calls a model that it knows by several names; null where it does not know it.</summary>
    public string? IdOf(string provider, string model) =>
        Entry(provider, model)?.GetProperty("id").GetString();

    private JsonElement? Entry(string provider, string model) => ModelsIn(provider)
        .Where(entry => Matches(entry.GetProperty("match"), model))
        .Select(entry => (JsonElement?)entry)
        .FirstOrDefault();

    private IEnumerable<JsonElement> ModelsIn(string provider) => Names.Of(Name, provider)
        .Where(_providers.ContainsKey)
        .SelectMany(name => _providers[name].GetProperty("models").EnumerateArray());

    /// <summary>The names that a pattern spells out; what it only begins with is a name as well.</summary>
    private static IEnumerable<string> NamesIn(JsonElement match)
    {
        JsonProperty rule = match.EnumerateObject().Single();
        return rule.Name switch
        {
            "or" => rule.Value.EnumerateArray().SelectMany(NamesIn),
            "equals" => [Text(rule)],
            "starts_with" when IsName(Text(rule)) => [Text(rule)],
            _ => [],
        };
    }

    /// <summary>Some patterns end inside a date.</summary>
    private static bool IsName(string start) => char.IsAsciiLetterOrDigit(start[^1]) && !HalfDate().IsMatch(start);

    private static bool Matches(JsonElement match, string model)
    {
        JsonProperty rule = match.EnumerateObject().Single();
        return rule.Name switch
        {
            "or" => rule.Value.EnumerateArray().Any(either => Matches(either, model)),
            "equals" => model.Equals(Text(rule), StringComparison.OrdinalIgnoreCase),
            "starts_with" => model.StartsWith(Text(rule), StringComparison.OrdinalIgnoreCase),
            "ends_with" => model.EndsWith(Text(rule), StringComparison.OrdinalIgnoreCase),
            "contains" => model.Contains(Text(rule), StringComparison.OrdinalIgnoreCase),
            "regex" => Regex.IsMatch(model, Text(rule), RegexOptions.CultureInvariant),
            _ => throw new InvalidDataException($"genai-prices has a new kind of pattern: {rule.Name}"),
        };
    }

    [GeneratedRegex(@"-20\d\d$")]
    private static partial Regex HalfDate();

    private static string Text(JsonProperty rule) => rule.Value.GetString()!;

    /// <summary>A price that changes by the hour of the day is none that a day can tell.</summary>
    private PriceHistory? History(JsonElement prices, string model)
    {
        if (prices.ValueKind == JsonValueKind.Object)
        {
            return Price(prices, model, null) is { } only ? new PriceHistory([only]) : null;
        }

        JsonElement[] entries = [.. prices.EnumerateArray()];
        if (entries.Any(entry => entry.At("constraint", "start_time") is not null))
        {
            return null;
        }

        ModelPrice[] all = [.. entries
            .Select(entry => Price(entry.GetProperty("prices"), model, Day(entry)))
            .OfType<ModelPrice>()
            .OrderBy(price => price.Since ?? DateOnly.MinValue)];
        return all.Length > 0 ? new PriceHistory(all) : null;
    }

    private static DateOnly? Day(JsonElement entry) =>
        entry.At("constraint", "start_date") is { } day ? DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd") : null;

    private ModelPrice? Price(JsonElement prices, string model, DateOnly? since)
    {
        int[] starts = [.. prices.EnumerateObject()
            .Where(rate => rate.Value.ValueKind == JsonValueKind.Object)
            .SelectMany(rate => rate.Value.GetProperty("tiers").EnumerateArray())
            .Select(tier => tier.GetProperty("start").GetInt32())
            .Distinct()
            .Order()];
        var sheet = new PriceSheet(RatesAt(prices, model, 0))
        {
            Tiers = [.. starts.Select(start => new PriceTier(start, RatesAt(prices, model, start)))],
        };
        return Dollars.Believed(sheet) is { } believed ? new ModelPrice(believed, Name) { Since = since } : null;
    }

    private static Rates RatesAt(JsonElement prices, string model, int start) => new()
    {
        Input = Rate(prices, "input_mtok", model, start),
        CacheRead = Rate(prices, "cache_read_mtok", model, start),
        CacheWrite = Rate(prices, "cache_write_mtok", model, start),
        InputAudio = Rate(prices, "input_audio_mtok", model, start),
        Output = Rate(prices, "output_mtok", model, start),
        OutputAudio = Rate(prices, "output_audio_mtok", model, start),
        Request = Rate(prices, "requests_kcount", model, start, 0.001m),
    };

    private static decimal? Rate(JsonElement prices, string word, string model, int start, decimal times = 1)
    {
        if (prices.At(word) is not { ValueKind: JsonValueKind.Object } tiered)
        {
            return Dollars.Rate(prices.At(word).Number(), model, times);
        }

        decimal? price = tiered.At("base").Number();
        foreach (JsonElement tier in tiered.GetProperty("tiers").EnumerateArray())
        {
            price = start >= tier.GetProperty("start").GetInt32() ? tier.At("price").Number() : price;
        }

        return Dollars.Rate(price, model, times);
    }
}
