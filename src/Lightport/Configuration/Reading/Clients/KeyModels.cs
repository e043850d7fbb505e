using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Warns of a key's models that nothing leads to, as of a mistyped name: its holder would learn of it by a refusal.
/// </summary>
internal static class KeyModels
{
    /// <param name="keys">The list as it is written, read without a mistake; null where there is none.</param>
    public static void WarnOfUnknown(YamlNode? keys, RoutingTable table, ConfigurationErrors errors)
    {
        // A rule may take any name at all, and lead it somewhere.
        if (keys is not SequenceNode list || !table.Rules.IsEmpty)
        {
            return;
        }

        foreach (YamlNode key in list.Items)
        {
            foreach (ScalarNode model in Models(key).Where(model => !KnownModels.Include(table, model.Value)))
            {
                errors.Warn(model, $"'{model.Value}' in keys.models leads nowhere here"
                    + $"{Question(model.Value, table)} Put it under models, or its holder gets a refusal.");
            }
        }
    }

    private static IEnumerable<ScalarNode> Models(YamlNode key) =>
        ((key as MappingNode)?.Find("models") as SequenceNode)?.Items.OfType<ScalarNode>() ?? [];

    private static string Question(string model, RoutingTable table) =>
        NearNames.Question(model, table.ModelNames) is { Length: > 0 } near ? near : ".";
}
