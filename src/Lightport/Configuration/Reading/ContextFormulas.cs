using Lightport.Cel;
using Lightport.Configuration.Yaml;

namespace Lightport.Configuration.Reading;

/// <summary>What formulas of sources may not read.</summary>
internal static class ContextFormulas
{
    private const string Spend = "key.spend";

    /// <summary>It is added up only where rules ask for it, before a request has come as far as its context.</summary>
    public static void RefuseSpend(CelProgram program, YamlNode node, ConfigurationErrors errors)
    {
        if (program.Reads.Any(read => read.Path.StartsWith(Spend, StringComparison.Ordinal)))
        {
            errors.Add(node, $"{Spend} is for rules; a source of context cannot go by it.");
        }
    }
}
