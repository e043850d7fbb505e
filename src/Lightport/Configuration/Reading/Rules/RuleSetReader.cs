using System.Text;
using Lightport.Configuration.Yaml;
using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>Reads what a rule sets in a body: <c>set: { temperature: 0, generationConfig.topK: 1 }</c>.</summary>
internal static class RuleSetReader
{
    /// <summary>What is asked, and of whom: a rule that changed it would answer another request.</summary>
    private static readonly string[] NotToSet = ["model", "messages", "contents", "input", "prompt", "stream"];

    public static IReadOnlyList<KeyValuePair<ParameterPath, byte[]>> Read(Section section)
    {
        const string Path = "rules.set";
        if (section.Find("set") is not { } node)
        {
            return [];
        }

        ConfigurationErrors errors = section.Errors;
        var set = new List<KeyValuePair<ParameterPath, byte[]>>();
        IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> entries = Section.Entries(node, Path, errors);
        if (node.IsNull || node is MappingNode { Entries.Count: 0 })
        {
            errors.Add(node, $"{Path} is empty; name a field, as in {{ temperature: 0 }}.");
        }

        foreach ((ScalarNode field, YamlNode value) in entries)
        {
            if (!ParameterPath.TryParse(field.Value, out ParameterPath? path, out string? problem))
            {
                errors.Add(field, $"'{field.Value}' in {Path} {problem}.");
            }
            else if (NotToSet.Contains(path.Top.Name))
            {
                errors.Add(field, $"{Path} cannot set '{path.Top.Name}', which is the request's own.");
            }
            else
            {
                set.Add(new(path, Encoding.UTF8.GetBytes(JsonValues.Text(value))));
            }
        }

        return set;
    }
}
