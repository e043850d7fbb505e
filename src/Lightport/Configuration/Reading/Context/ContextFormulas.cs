using Lightport.Cel;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>What formulas of sources may not read.</summary>
internal static class ContextFormulas
{
    private const string Spend = "key.spend";
    private const string OnlyRules = $"{Spend} is for rules; a source of context cannot go by it.";

    /// <summary>It is added up only where rules ask for it, before a request has come as far as its context.</summary>
    public static void RefuseSpend(CelProgram program, YamlNode node, ConfigurationErrors errors)
    {
        if (program.Reads.Any(read => read.Path.StartsWith(Spend, StringComparison.Ordinal)))
        {
            errors.Add(node, OnlyRules);
        }
    }

    /// <summary>Said also of what is no expression, as mending it would not help.</summary>
    public static void TellOfSpend(YamlNode node, ConfigurationErrors errors)
    {
        if (node is ScalarNode text && text.Value.Contains(Spend, StringComparison.Ordinal))
        {
            errors.Add(node, OnlyRules);
        }
    }
}
