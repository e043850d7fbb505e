using System.Text;
using Lightport.Providers;

namespace Lightport.PriceTables;

/// <summary>The models of one file, in order, without those that the gateway finds by another's name anyway.</summary>
internal static class ModelLines
{
    /// <param name="entries">What is written of each model, by name.</param>
    public static string Of(IReadOnlyDictionary<string, string> entries)
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string entry) in entries)
        {
            named[Bare(name, entries)] = entry;
        }

        var lines = new StringBuilder();
        foreach ((string name, string entry) in named.Where(model => !IsFoundAnyway(model.Key, model.Value, named)))
        {
            lines.Append(lines.Length > 0 ? ",\n" : "").Append($"    \"{name}\": {entry}");
        }

        return lines.ToString();
    }

    /// <summary>What is known of <c>x@20250101</c> alone is known of <c>x</c>: it is the only name there.</summary>
    private static string Bare(string name, IReadOnlyDictionary<string, string> entries) =>
        name.Contains('@', StringComparison.Ordinal) && ModelName.WithoutSnapshot(name) is { } bare
            && !entries.ContainsKey(bare) ? bare : name;

    private static bool IsFoundAnyway(string name, string entry, SortedDictionary<string, string> all)
    {
        string place = ModelName.WithoutRegion(name);
        string?[] others = [ModelName.WithoutSnapshot(name), place == name ? null : place];
        return others.OfType<string>()
            .Where(all.ContainsKey)
            .Any(other => all[other] == entry || $"\"{other}\"" == entry);
    }
}
