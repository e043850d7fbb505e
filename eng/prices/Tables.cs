using System.Globalization;
using Lightport.Prices;
using Lightport.Providers;

namespace Lightport.PriceTables;

/// <summary>All files that are made of the tables, by their path in the repository.</summary>
internal static class Tables
{
    public const string Prices = "src/Lightport/Prices/Data";
    public const string Facts = "src/Lightport/Providers/Facts";

    /// <param name="folder">Where the tables are.</param>
    public static SortedDictionary<string, string> Make(string folder)
    {
        var modelsDev = new ModelsDev(folder);
        var genai = new GenaiPrices(folder);
        ITable[] tables = [genai, modelsDev, new Portkey(folder)];
        var choices = new Choices();
        var merger = new Merger(tables, choices, Today);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        int models = 0;
        foreach (string provider in ProviderCatalog.Load().Ids)
        {
            models += AddPrices(files, provider, tables, genai, choices, merger);
            AddFacts(files, provider, modelsDev);
        }

        files[$"{Prices}/disagreements.md"] = Report.Of(merger.Disagreements, models);
        return files;
    }

    /// <summary>The day of the newest table.</summary>
    private static DateTimeOffset Today { get; } = DateTimeOffset.ParseExact(
        Names.DayOf("genai-prices"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static int AddPrices(
        SortedDictionary<string, string> files,
        string provider,
        ITable[] tables,
        GenaiPrices genai,
        Choices choices,
        Merger merger)
    {
        var entries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var others = new Dictionary<string, string>();
        var sources = new SortedSet<string>(StringComparer.Ordinal);
        IEnumerable<string> models = tables.SelectMany(table => table.ModelsOf(provider))
            .Concat(choices.ModelsOf(provider))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Order(StringComparer.Ordinal);
        foreach (string model in models)
        {
            if (choices.Find(provider, model) is null && OtherName(provider, model, tables, genai) is { } id)
            {
                others[model] = id;
            }
            else if (merger.Price(provider, model) is { } history)
            {
                entries[model] = PriceWriter.Entry(history);
                sources.UnionWith(history.Prices.Select(price => price.Version.Split(' ')[0]));
            }
        }

        foreach ((string model, string id) in others.Where(other => entries.ContainsKey(other.Value)).ToArray())
        {
            entries[model] = $"\"{id}\"";
        }

        if (entries.Count > 0)
        {
            string named = string.Join(", ", sources.Select(source => $"\"{source}\": \"{Names.DayOf(source)}\""));
            files[$"{Prices}/{provider}.json"] =
                $"{{\n  \"provider\": \"{provider}\",\n  \"sources\": {{ {named} }},\n  \"models\": {{\n"
                + $"{ModelLines.Of(entries)}\n  }}\n}}\n";
        }

        return entries.Count;
    }

    /// <summary>
    /// What genai-prices calls a model by which nobody else knows it: it costs what the model does by its own name.
    /// </summary>
    private static string? OtherName(string provider, string model, ITable[] tables, GenaiPrices genai) =>
        genai.IdOf(provider, model) is { } id
        && !id.Equals(model, StringComparison.OrdinalIgnoreCase)
        && genai.IdOf(provider, id) == id
        && !tables.Any(table => table != genai && table.Find(provider, model) is not null) ? id : null;

    private static void AddFacts(SortedDictionary<string, string> files, string provider, ModelsDev table)
    {
        var entries = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string model in table.ModelsOf(provider))
        {
            if (FactsWriter.Entry(table.Entry(provider, model)!.Value) is { } entry)
            {
                entries[model] = entry;
            }
        }

        if (entries.Count > 0)
        {
            files[$"{Facts}/{provider}.json"] =
                $"{{\n  \"provider\": \"{provider}\",\n  \"source\": \"{table.Name} {Names.DayOf(table.Name)}\",\n"
                + $"  \"models\": {{\n{ModelLines.Of(entries)}\n  }}\n}}\n";
        }
    }
}
