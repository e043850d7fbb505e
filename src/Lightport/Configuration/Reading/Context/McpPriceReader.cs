using System.Globalization;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads what a run of a server's tools costs, in US dollars: <c>price: 0.01</c>, or
/// <c>price: { search: 0.01, "*": 0 }</c>.
/// </summary>
internal static class McpPriceReader
{
    public const string Key = "price";

    private const decimal Most = 1000;

    /// <returns>By names of tools, in their order; nothing where nothing is said.</returns>
    public static IReadOnlyList<(string Tool, decimal Dollars)> Read(Section server)
    {
        string path = $"{server.Path}.{Key}";
        switch (server.Find(Key))
        {
            case null:
                return [];
            case MappingNode tools:
                var prices = new List<(string Tool, decimal Dollars)>();
                foreach ((ScalarNode tool, YamlNode price) in Section.Entries(tools, path, server.Errors))
                {
                    if (Dollars(price, $"{path}.{tool.Value}", server.Errors) is { } dollars)
                    {
                        prices.Add((tool.Value, dollars));
                    }
                }

                return prices;
            case var all:
                return Dollars(all, path, server.Errors) is { } each ? [("*", each)] : [];
        }
    }

    private static decimal? Dollars(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (node is ScalarNode { Value: var text }
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal dollars)
            && dollars <= Most)
        {
            return dollars;
        }

        errors.Add(node, $"{path} must be US dollars from 0 to {Most} for one run, as in 0.01, or such by tools.");
        return null;
    }
}
