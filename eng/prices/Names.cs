using System.Text.Json;

namespace Lightport.PriceTables;

/// <summary>What each table calls the catalog's providers, and of which day it is.</summary>
internal static class Names
{
    private static readonly JsonElement Root = DataFile.Embedded("names.json");

    /// <summary>A source's day, as every price of it is marked.</summary>
    public static string DayOf(string source) => Root.GetProperty("sources").GetProperty(source).GetString()!;

    /// <summary>The names of a provider of the catalog in a table: its own, where no other is said.</summary>
    public static IReadOnlyList<string> Of(string source, string provider) =>
        Root.GetProperty(source).TryGetProperty(provider, out JsonElement names)
            ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
            : [provider];
}
