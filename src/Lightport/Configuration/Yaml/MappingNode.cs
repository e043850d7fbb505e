namespace Lightport.Configuration.Yaml;

/// <param name="entries">In the order of the document; no key twice.</param>
internal sealed class MappingNode(
    int line,
    int column,
    IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> entries) : YamlNode(line, column)
{
    public IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> Entries { get; } = entries;

    public override string Kind => "a mapping";

    public override int Size { get; } = 1 + entries.Count + SizeOf(Values(entries));

    public override int Height { get; } = 1 + HeightOf(Values(entries));

    public YamlNode? Find(string key)
    {
        foreach ((ScalarNode name, YamlNode value) in Entries)
        {
            if (name.Value == key)
            {
                return value;
            }
        }

        return null;
    }

    private static IEnumerable<YamlNode> Values(IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> entries)
    {
        foreach ((_, YamlNode value) in entries)
        {
            yield return value;
        }
    }
}
