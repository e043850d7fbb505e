using Lightport.Configuration.Yaml;
using Lightport.Enrichment.Sources;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>context</c>: sources by name, which routes take by <c>context: [style, handbook]</c>.</summary>
internal static class ContextReader
{
    public const string Key = "context";

    private const int LongestName = 64;

    public static ContextSettings Read(
        YamlNode? node, RouteBuilder routes, McpSettings mcp, ReadingContext context)
    {
        var reader = new ContextSourceReader(routes, mcp, context);
        var sources = new List<ContextSource>();
        foreach ((ScalarNode name, YamlNode value) in Section.Entries(node, Key, context.Errors))
        {
            if (name.Value.Length is 0 or > LongestName
                || !name.Value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-'))
            {
                context.Errors.Add(name, $"a source's name has from 1 to {LongestName} letters, digits, '-' or '_'.");
            }
            else if (reader.Read(name.Value, value) is { } source)
            {
                sources.Add(source);
            }
        }

        return new ContextSettings(sources);
    }

    /// <summary>A route may only take sources that there are.</summary>
    public static void RefuseUnknown(IEnumerable<ModelEntry> entries, YamlNode? node, ConfigurationErrors errors)
    {
        string[] names = node is MappingNode mapping ? [.. mapping.Entries.Select(entry => entry.Key.Value)] : [];
        foreach (ModelReference taken in entries.SelectMany(entry => entry.Context))
        {
            if (!names.Contains(taken.Text))
            {
                string near = NearNames.Question(taken.Text, names);
                errors.Add(taken.At, $"there is no source '{taken.Text}' under {Key}{(near.Length > 0 ? near : ".")}");
            }
        }
    }
}
